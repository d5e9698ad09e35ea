-- table: listed_match
-- also:
-- Which host stood on a list when it was about to be contacted?
SELECT
    listed_match.rowid AS place,
    run_id || ' ' || host || ' ' || entry_id || ' ' || listed_match.list_id AS key,
    json_object(
        'checked_at', epoch_us(checked_at),
        'entry_id', entry_id,
        'file_sha256', submission.file_sha256,
        'host', host,
        'list_id', listed_match.list_id,
        'received_at', epoch_us(listed_match.received_at),
        'run_id', run_id
    )::VARCHAR AS said
FROM listed_match
LEFT JOIN submission USING (submission_id)
WHERE listed_match.rowid >= $sealed
