-- On how many rows does each rule fire at which level, and on how many of them is that not accepted?
SELECT
    fired.rule_id,
    fired.level,
    sum(standing.row_count)::BIGINT AS row_count,
    coalesce(sum(standing.row_count) FILTER (waived.rule_id IS NULL), 0)::BIGINT AS left_count
FROM shard_fired AS fired
JOIN standing USING (shard, fact_id)
LEFT JOIN waived
    ON waived.standing_id = standing.standing_id AND waived.rule_id = fired.rule_id
WHERE fired.fires
GROUP BY fired.rule_id, fired.level;
