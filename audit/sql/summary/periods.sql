-- In each period: how many of the manifest's hosts had their first readable robots.txt, and by how
-- many did those grow or shrink whose last one refused an AI-training agent the whole site?
WITH met AS (
    SELECT DISTINCT host_id
    FROM shard_tally
    WHERE host_id IS NOT NULL
),
-- What a body says of paths that no other rule of it speaks of.
by_default AS (
    SELECT
        policy.policy_id,
        list_filter(policy.ruleset_ids, lambda one: list_contains(refusing.ids, one)) AS refused
    FROM policy
    CROSS JOIN (
        SELECT coalesce(list(ruleset_id), []) AS ids
        FROM ruleset
        WHERE default_rank >= 0 AND default_rank % 2 = 0
    ) AS refusing
),
-- Bodies with many rule sets have no answer for each choice of them, but one for each agent.
wide AS (
    SELECT
        agent_policy.policy_id,
        bool_or(
            agent.for_training AND (
                agent_policy.class = 'deny-all'
                OR list_contains(by_default.refused, agent_policy.ruleset_id)
            )
        ) AS ai
    FROM agent_policy
    JOIN by_default USING (policy_id)
    JOIN agent USING (token)
    GROUP BY agent_policy.policy_id
),
refusing AS (
    SELECT by_default.policy_id, coalesce(refusal.ai, wide.ai, FALSE) AS ai
    FROM by_default
    LEFT JOIN answer_refusal AS answer
        ON answer.policy_id = by_default.policy_id AND answer.refused = by_default.refused
    LEFT JOIN refusal USING (refusal_id)
    LEFT JOIN wide ON wide.policy_id = by_default.policy_id
),
said AS (
    SELECT
        seen.host_id,
        seen.ordinal,
        strftime(seen.seen_at, getvariable('period')) AS period,
        coalesce(refusing.ai, FALSE) AS ai
    FROM observation AS seen
    SEMI JOIN met USING (host_id)
    LEFT JOIN refusing USING (policy_id)
),
last_of_period AS (
    SELECT host_id, period, arg_max(ai, ordinal)::INTEGER AS ai
    FROM said
    GROUP BY host_id, period
),
changed AS (
    SELECT
        period,
        (lag(ai) OVER of_host IS NULL)::INTEGER AS first_seen,
        ai - coalesce(lag(ai) OVER of_host, 0) AS more_refusing
    FROM last_of_period
    WINDOW of_host AS (PARTITION BY host_id ORDER BY period)
)
SELECT period, sum(first_seen)::BIGINT, sum(more_refusing)::BIGINT
FROM changed
GROUP BY period
ORDER BY period;
