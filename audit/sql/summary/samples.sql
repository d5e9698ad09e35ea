-- The first three rows of each rule that fires, to look at.
WITH first AS (
    SELECT said.rule_id, unnest(min(judged.row, 3)) AS row
    FROM judged
    JOIN (SELECT fact_id, unnest(rules) AS rule_id FROM outcome) AS said ON said.fact_id = judged.fact
    GROUP BY said.rule_id
)
SELECT
    first.rule_id, judged.row, manifest.url, judged.level, judged.confidence, judged.robots,
    judged.basis, judged.captures, judged.entries
FROM first
JOIN judged ON judged.row = first.row
JOIN manifest ON manifest.row_number = first.row
ORDER BY first.rule_id, judged.row;
