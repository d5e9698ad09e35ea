-- What does an audit say of each row of `asked`, with its facts and the agents it found refused?
SELECT
    asked.url,
    asked.collected_at,
    verdict.row,
    verdict.robots,
    verdict.basis,
    verdict.captures,
    verdict.entries,
    verdict.refused_before AS agents_before,
    verdict.refused_after AS agents_after,
    facts.* EXCLUDE (shard, fact_id, refused_before, refused_after)
FROM asked
JOIN verdict USING (row)
JOIN shard_facts AS facts ON facts.shard = verdict.shard AND facts.fact_id = verdict.fact
