-- Which rules stand at which hosts at the gate or above, at which level at most, on how many rows? Rules
-- of illegal content are not told. A rule that cannot be told stands at `unknown`.
SELECT
    fired.rule_id,
    CASE WHEN getvariable('everywhere') THEN '' ELSE tallied.host END AS host,
    max(list_position(getvariable('levels'), fired.level)) AS rank,
    sum(tallied.row_count)::BIGINT AS row_count
FROM shard_fired AS fired
JOIN tallied USING (shard, fact_id)
WHERE (fired.fires OR fired.level = 'unknown')
    AND list_contains(getvariable('reaching'), fired.level)
    AND NOT starts_with(fired.rule_id, 'ILL-')
    AND (getvariable('everywhere') OR tallied.host IS NOT NULL)
GROUP BY ALL
ORDER BY ALL;
