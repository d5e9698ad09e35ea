-- Of the rows whose host was observed before collection, how many did it refuse to each agent?
SELECT agent.token, count(*) AS row_count
FROM (
    SELECT unnest(refusal.agents) AS token
    FROM judged
    JOIN refusal ON refusal.refusal_id = judged.refused_before
    WHERE judged.refused_before > 0
) AS refused
JOIN agent USING (token)
GROUP BY agent.token
ORDER BY row_count DESC, agent.token;
