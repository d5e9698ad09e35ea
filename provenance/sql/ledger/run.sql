-- table: run
-- also:
-- What was run, with what settings?
SELECT
    rowid AS place,
    run_id AS key,
    json_object(
        'kind', kind,
        'provisor', provisor,
        'run_id', run_id,
        'settings', settings::VARCHAR,
        'started_at', epoch_us(started_at)
    )::VARCHAR AS said
FROM run
WHERE rowid >= $sealed
