-- On how many of the rows compared did each rule fire before, does it fire now, did it come and go?
WITH spoken AS (
    SELECT unnest(before_rules) AS rule_id, 1 AS was, 0 AS now, row_count, after_rules AS others
    FROM compared
    UNION ALL
    SELECT unnest(after_rules), 0, 1, row_count, before_rules
    FROM compared
)
SELECT
    rule_id,
    sum(was * row_count)::BIGINT AS before_count,
    sum(now * row_count)::BIGINT AS after_count,
    sum(row_count) FILTER (now = 1 AND NOT list_contains(others, rule_id)) AS came,
    sum(row_count) FILTER (was = 1 AND NOT list_contains(others, rule_id)) AS went
FROM spoken
GROUP BY rule_id
ORDER BY rule_id;
