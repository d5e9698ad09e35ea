-- How many rows have each level, and how many have it without what was accepted, by the rules that are
-- asked about? $rules: their ids.
WITH spoken AS (
    SELECT
        standing.standing_id,
        coalesce(max(list_position(getvariable('levels'), fired.level)), 1) AS rank,
        coalesce(
            max(list_position(getvariable('levels'), fired.level))
                FILTER (waived.rule_id IS NULL), 1
        ) AS left_rank
    FROM standing
    LEFT JOIN (
        SELECT shard, fact_id, rule_id, level
        FROM shard_fired
        WHERE list_contains($rules, rule_id)
    ) AS fired USING (shard, fact_id)
    LEFT JOIN waived
        ON waived.standing_id = standing.standing_id AND waived.rule_id = fired.rule_id
    GROUP BY standing.standing_id
)
SELECT
    getvariable('levels')[rank] AS level,
    getvariable('levels')[left_rank] AS left_level,
    sum(standing.row_count)::BIGINT AS row_count
FROM spoken
JOIN standing USING (standing_id)
GROUP BY level, left_level;
