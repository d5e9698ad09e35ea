-- Which hosts have the most rows at medium or above?
WITH grouped AS (
    SELECT tallied.host, facts.level, facts.rules, sum(tallied.row_count)::BIGINT AS row_count
    FROM tallied
    JOIN shard_facts AS facts USING (shard, fact_id)
    WHERE facts.level IN ('medium', 'high', 'critical') AND tallied.host IS NOT NULL
    GROUP BY tallied.host, facts.level, facts.rules
),
first AS (
    SELECT host, sum(row_count)::BIGINT AS row_count
    FROM grouped
    GROUP BY host
    ORDER BY row_count DESC, host
    LIMIT 20
)
SELECT
    first.host,
    first.row_count,
    arg_max(grouped.level, list_position(getvariable('levels'), grouped.level)) AS level,
    list_sort(list_distinct(flatten(list(grouped.rules)))) AS rules
FROM first
JOIN grouped USING (host)
GROUP BY first.host, first.row_count
ORDER BY first.row_count DESC, first.host;
