-- table: handed_in
-- also:
-- What came through the portal, when, and what came of it?
SELECT
    rowid AS place,
    message_id AS key,
    json_object(
        'about', about,
        'account', account,
        'detail', detail,
        'file_sha256', file_sha256,
        'kind', kind,
        'list_id', list_id,
        'message_id', message_id,
        'outcome', outcome,
        'received_at', epoch_us(received_at),
        'sha256', sha256
    )::VARCHAR AS said
FROM handed_in
WHERE rowid >= $sealed
