-- Which lists name rows of the manifest, who handed them in, when were they received, and how many
-- rows does each name? Rows that were judged as acts are counted by what names the act.
WITH named AS (
    SELECT host_list.list_id, host_list.status, met.row_count
    FROM host_list
    JOIN (
        SELECT host_id, sum(row_count) AS row_count
        FROM shard_tally
        WHERE NOT by_act
        GROUP BY host_id
    ) AS met USING (host_id)
    UNION ALL
    SELECT list_id, status, row_count
    FROM shard_lists
),
counted AS (
    SELECT list_id, status, sum(row_count)::BIGINT AS row_count
    FROM named
    GROUP BY list_id, status
)
SELECT
    list_entry.list_id,
    min(list_entry.submitter) AS submitter,
    min(list_entry.role) AS role,
    min(list_entry.basis) AS basis,
    list_entry.status,
    min(list_entry.received_at) AS received_at,
    coalesce(any_value(counted.row_count), 0) AS row_count
FROM named_entry AS list_entry
LEFT JOIN counted USING (list_id, status)
GROUP BY list_entry.list_id, list_entry.status
ORDER BY row_count DESC, list_entry.list_id, list_entry.status;
