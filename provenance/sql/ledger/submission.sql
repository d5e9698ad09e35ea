-- table: submission
-- also: entry, digest_entry
-- What did a right holder hand in, and when was it received? Its entries are there by the digest of
-- all of them, in order.
WITH mine AS (
    SELECT rowid AS place, * FROM submission WHERE rowid >= $sealed
),
named AS (
    SELECT
        submission_id,
        count(*) AS entries,
        sha256(string_agg(sha256(said::VARCHAR), '' ORDER BY said::VARCHAR)) AS digest
    FROM (
        SELECT
            submission_id,
            json_array(
                entry_id, line, raw, scope, host, port, path, category, work, right_holder,
                notice_date::VARCHAR, warnings
            ) AS said
        FROM entry
        SEMI JOIN mine USING (submission_id)
        UNION ALL
        SELECT
            submission_id,
            json_array(
                entry_id, line, algorithm, hex(digest), base32, quality, category, work,
                right_holder, notice_date::VARCHAR, warnings
            )
        FROM digest_entry
        SEMI JOIN mine USING (submission_id)
    )
    GROUP BY submission_id
)
SELECT
    mine.place,
    list_id || ' ' || file_sha256 || ' ' || epoch_us(received_at) || ' ' || status AS key,
    json_object(
        'basis', basis,
        'entries', coalesce(named.entries, 0),
        'entries_sha256', named.digest,
        'file_name', file_name,
        'file_sha256', file_sha256,
        'format', format,
        'issued_at', epoch_us(issued_at),
        'list_id', list_id,
        'published_at', epoch_us(published_at),
        'received_at', epoch_us(received_at),
        'role', role,
        'status', status,
        'submitter', submitter,
        'suffix_list', suffix_list,
        'version', version
    )::VARCHAR AS said
FROM mine
LEFT JOIN named USING (submission_id)
