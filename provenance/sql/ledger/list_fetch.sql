-- table: list_fetch
-- also:
-- Which published list was looked at, when, and what came of it?
SELECT
    rowid AS place,
    fetch_id AS key,
    json_object(
        'detail', detail,
        'etag', etag,
        'fetch_id', fetch_id,
        'fetched_at', epoch_us(fetched_at),
        'file_sha256', file_sha256,
        'last_modified', last_modified,
        'list_id', list_id,
        'outcome', outcome,
        'source', source
    )::VARCHAR AS said
FROM list_fetch
WHERE rowid >= $sealed
