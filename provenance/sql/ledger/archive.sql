-- table: archive
-- also:
-- Which archive file was read to its end, and what was in it?
SELECT
    rowid AS place,
    sha256 || ' ' || run_id AS key,
    json_object(
        'captures', captures,
        'damaged', damaged,
        'finished_at', epoch_us(finished_at),
        'octets', octets,
        'robots_only', robots_only,
        'run_id', run_id,
        'sha256', sha256,
        'skipped', skipped
    )::VARCHAR AS said
FROM archive
WHERE rowid >= $sealed
