-- table: entry_event
-- also:
-- Which step did an entry of a list take, who decided it, when and why?
SELECT
    rowid AS place,
    event_id AS key,
    json_object(
        'actor', actor,
        'entry_id', entry_id,
        'event_id', event_id,
        'file_sha256', file_sha256,
        'from_at', epoch_us(from_at),
        'list_id', list_id,
        'note', note,
        'reason', reason,
        'recorded_at', epoch_us(recorded_at),
        'what', what
    )::VARCHAR AS said
FROM entry_event
WHERE rowid >= $sealed
