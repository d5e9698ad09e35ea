-- Which agents are refused, for each choice of rule sets (`refused`) of a body in `choice`?
CREATE OR REPLACE TEMP TABLE answer_agents AS
WITH refusing AS (
    SELECT
        choice.policy_id,
        choice.refused,
        list(agent.token ORDER BY agent.token) AS agents,
        bool_or(agent.for_training) AS ai,
        bool_or(agent.is_self) AS self
    FROM choice
    JOIN agent_class
        ON agent_class.policy_id = choice.policy_id
        AND (
            agent_class.class = 'deny-all'
            OR list_contains(choice.refused, agent_class.ruleset_id)
        )
    JOIN agent USING (token)
    GROUP BY choice.policy_id, choice.refused
)
SELECT
    choice.policy_id,
    choice.refused,
    coalesce(refusing.agents, []) AS agents,
    coalesce(refusing.ai, FALSE) AS ai,
    -- Whether an agent we cannot name was refused can be told only where nobody is.
    CASE
        WHEN (SELECT bool_or(is_self) FROM agent) THEN coalesce(refusing.self, FALSE)
        WHEN choice.refuses_nobody THEN FALSE
    END AS self
FROM choice
LEFT JOIN refusing
    ON refusing.policy_id = choice.policy_id AND refusing.refused = choice.refused;
