-- What was said of the rows of files that only one audit is of?
CREATE TABLE memory.lone_row AS
SELECT
    lone.side,
    fact.level,
    fact.rules,
    said.host,
    fact.sealed,
    lone.row_count
FROM lone
JOIN (
    SELECT 'before' AS side, * FROM before_answer
    UNION ALL
    SELECT 'after', * FROM after_answer
) AS said
    ON said.side = lone.side AND said.shard = lone.shard AND said.state = lone.state
    AND said.fact IS NOT DISTINCT FROM lone.fact
JOIN (
    SELECT 'before' AS side, * EXCLUDE (facts) FROM before_fact
    UNION ALL
    SELECT 'after', * EXCLUDE (facts) FROM after_fact
) AS fact ON fact.side = lone.side AND fact.shard = lone.shard AND fact.fact_id = said.fact_id;
