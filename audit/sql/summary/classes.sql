-- What did robots.txt say to AI-training agents at collection, and how surely is that known?
SELECT
    robots_answer(robots_ai, robots_ai_basis) AS robots,
    robots_ai_basis AS basis,
    sum(row_count)::BIGINT AS row_count
FROM shard_facts
GROUP BY robots, basis
ORDER BY row_count DESC, robots, basis;
