-- table: body
-- also:
-- Which octets came? Their digest, as the octets are now.
SELECT
    rowid AS place,
    sha256 AS key,
    json_object('length', octet_length(bytes), 'sha256', sha256, 'sha256_now', sha256(bytes))::VARCHAR
        AS said
FROM body
WHERE rowid >= $sealed
