-- For how many rows and hosts does each rule fire, and for how many can it not be told?
WITH grouped AS (
    SELECT fact, host_id, count(*) AS row_count
    FROM judged
    GROUP BY fact, host_id
),
said AS (
    SELECT fact_id, unnest(rules) AS rule_id, TRUE AS fires FROM outcome
    UNION ALL
    SELECT fact_id, unnest(untold), FALSE FROM outcome
)
SELECT
    rule_id,
    coalesce(sum(row_count) FILTER (fires), 0)::BIGINT AS fired,
    coalesce(sum(row_count) FILTER (NOT fires), 0)::BIGINT AS untold,
    count(DISTINCT host_id) FILTER (fires) AS hosts
FROM grouped
JOIN said ON said.fact_id = grouped.fact
GROUP BY rule_id
ORDER BY rule_id;
