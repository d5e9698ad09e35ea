-- What do the rules come to for each set of facts? `fired` holds a row per set and rule that fires
-- (level), that
-- cannot be told (unknown), or whose facts nobody looked for (info, and it does not fire).
CREATE TEMP TABLE outcome AS
WITH ranked AS (
    SELECT
        *,
        list_position(getvariable('levels'), level) AS rank
    FROM fired
),
worst AS (
    SELECT
        facts.fact_id,
        coalesce(max(rank), 1) AS rank,
        coalesce(list(rule_id ORDER BY rule_id) FILTER (fires), []) AS rules,
        coalesce(list(rule_id ORDER BY rule_id) FILTER (NOT fires AND level = 'unknown'), [])
            AS untold,
        coalesce(list(rule_id ORDER BY rule_id) FILTER (NOT fires AND level <> 'unknown'), [])
            AS unobserved
    FROM facts
    LEFT JOIN ranked USING (fact_id)
    GROUP BY facts.fact_id
)
SELECT
    worst.fact_id,
    getvariable('levels')[worst.rank] AS level,
    -- Of the rules that give the level, the surest.
    coalesce(
        (
            SELECT arg_min(confidence, list_position(getvariable('confidences'), confidence))
            FROM ranked
            WHERE ranked.fact_id = worst.fact_id AND ranked.rank = worst.rank
                AND (ranked.fires OR ranked.level = 'unknown')
        ),
        'unknown'
    ) AS confidence,
    worst.rules,
    worst.untold,
    worst.unobserved
FROM worst;
