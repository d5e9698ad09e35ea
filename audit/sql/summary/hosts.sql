-- Which hosts have the most rows at medium or above?
WITH grouped AS (
    SELECT host_id, fact, level, count(*) AS row_count
    FROM judged
    WHERE level IN ('medium', 'high', 'critical') AND host_id IS NOT NULL
    GROUP BY host_id, fact, level
),
first AS (
    SELECT host_id, sum(row_count)::BIGINT AS row_count
    FROM grouped
    GROUP BY host_id
    ORDER BY row_count DESC, host_id
    LIMIT 20
)
SELECT
    host.host,
    first.row_count,
    arg_max(grouped.level, list_position(getvariable('levels'), grouped.level)) AS level,
    list_sort(list_distinct(flatten(list(outcome.rules)))) AS rules
FROM first
JOIN grouped USING (host_id)
JOIN outcome ON outcome.fact_id = grouped.fact
JOIN host USING (host_id)
GROUP BY host.host, first.row_count
ORDER BY first.row_count DESC, host.host;
