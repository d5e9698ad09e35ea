-- Of the rows whose host was observed before collection, how many did it refuse to each agent?
SELECT agent.token, sum(refused.row_count)::BIGINT AS row_count
FROM (SELECT unnest(refused_before) AS token, row_count FROM shard_facts) AS refused
JOIN agent USING (token)
GROUP BY agent.token
ORDER BY row_count DESC, agent.token;
