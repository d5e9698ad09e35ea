-- Which lists name rows of the manifest, who handed them in, when were they received, and how many
-- rows does each name?
WITH named AS (
    SELECT listed_host.list_id, listed_host.status, numbered.row_number
    FROM listed_host
    JOIN numbered USING (host_id)
    UNION
    SELECT list_id, status, row_number
    FROM listed_row
)
SELECT
    list_entry.list_id,
    any_value(list_entry.submitter) AS submitter,
    any_value(list_entry.role) AS role,
    any_value(list_entry.basis) AS basis,
    list_entry.status,
    min(list_entry.received_at) AS received_at,
    (
        SELECT count(*)
        FROM named
        WHERE named.list_id = list_entry.list_id AND named.status = list_entry.status
    ) AS row_count
FROM list_entry
GROUP BY list_entry.list_id, list_entry.status
ORDER BY row_count DESC, list_entry.list_id;
