-- What do the lists hold, in one digest?
WITH entry_text AS (
    SELECT
        concat_ws(
            '|', entry_id, list_id, status, counts, received_at, coalesce(published_at::VARCHAR, ''),
            coalesce(ended_at::VARCHAR, ''), role, basis, submitter
        ) AS said
    FROM (
        SELECT
            entry_id, list_id, status, counts, received_at, published_at, ended_at, role, basis,
            submitter
        FROM entry_now
        UNION ALL
        SELECT
            entry_id, list_id, status, counts, received_at, published_at, ended_at, role, basis,
            submitter
        FROM digest_now
    )
),
entry_block AS (
    SELECT said[:2] AS block, sha256(string_agg(said ORDER BY said)) AS digest
    FROM entry_text
    GROUP BY block
)
SELECT sha256(coalesce(string_agg(digest ORDER BY block), ''))
FROM entry_block
