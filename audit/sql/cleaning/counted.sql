-- How many rows have which fate, at which level and by which rules?
SELECT row_fate.fate, outcome.level, outcome.rules, count(*) AS row_count
FROM memory.row_fate AS row_fate
JOIN outcome USING (outcome_id)
GROUP BY ALL
ORDER BY row_fate.fate, outcome.level, outcome.rules;
