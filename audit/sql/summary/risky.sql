-- Which hosts have rows at medium or above, at which level, by which rules?
CREATE OR REPLACE TEMP TABLE risky AS
SELECT tallied.host, facts.level, facts.rules, sum(tallied.row_count)::BIGINT AS row_count
FROM tallied
JOIN shard_facts AS facts USING (shard, fact_id)
WHERE facts.level IN ('medium', 'high', 'critical') AND tallied.host IS NOT NULL
GROUP BY tallied.host, facts.level, facts.rules;
