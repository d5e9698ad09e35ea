-- What becomes of the rows of each set of facts, and by which rules? Fates are those of
-- audit/cleaning/policy.py: 0 keep, 1 review, 2 drop, 3 sealed. A rule that cannot be told brings
-- the fate of `unknown`, or a lesser one that was chosen for the rule.
CREATE TEMP TABLE outcome AS
WITH asked AS (
    SELECT
        fired.shard,
        fired.fact_id,
        fired.rule_id,
        CASE
            WHEN fired.fires AND starts_with(fired.rule_id, 'ILL-') THEN 3
            WHEN rule_fate.fate IS NULL THEN level_fate.fate
            WHEN fired.fires THEN rule_fate.fate
            ELSE least(rule_fate.fate, level_fate.fate)
        END AS fate
    FROM shard_fired AS fired
    JOIN level_fate USING (level)
    LEFT JOIN rule_fate USING (rule_id)
),
decided AS (
    SELECT shard, fact_id, max(fate) AS fate
    FROM asked
    GROUP BY shard, fact_id
)
SELECT
    (row_number() OVER (ORDER BY facts.shard, facts.fact_id))::UINTEGER AS outcome_id,
    facts.shard,
    facts.fact_id,
    facts.level,
    coalesce(decided.fate, silent.fate)::UTINYINT AS fate,
    coalesce(
        (
            SELECT list(asked.rule_id ORDER BY asked.rule_id)
            FROM asked
            WHERE asked.shard = facts.shard AND asked.fact_id = facts.fact_id
                AND asked.fate = decided.fate AND asked.fate > 0
        ),
        []
    ) AS rules
FROM shard_facts AS facts
LEFT JOIN decided USING (shard, fact_id)
JOIN level_fate AS silent ON silent.level = 'info';

-- Rows that were removed before and came back, by any level: design rule REM-03.
CREATE TEMP TABLE suppressed (row BIGINT);
