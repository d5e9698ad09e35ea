-- For how many rows and hosts does each rule fire, for how many of them is that only possible, and
-- for how many can it not be told?
WITH grouped AS (
    SELECT fact, host_id, count(*) AS row_count
    FROM judged
    GROUP BY fact, host_id
)
SELECT
    fired.rule_id,
    coalesce(sum(row_count) FILTER (fires), 0)::BIGINT AS rows_fired,
    coalesce(sum(row_count) FILTER (fires AND confidence = 'possibly'), 0)::BIGINT AS possible,
    coalesce(sum(row_count) FILTER (NOT fires), 0)::BIGINT AS untold,
    count(DISTINCT host_id) FILTER (fires) AS hosts
FROM grouped
JOIN fired ON fired.fact_id = grouped.fact
GROUP BY fired.rule_id
ORDER BY fired.rule_id;
