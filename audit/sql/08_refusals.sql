-- Which agents are refused, for each answer a body gives? The answers are few and get a number.
CREATE TEMP TABLE answer AS
SELECT policy_id, refused FROM path_answer
UNION
SELECT policy_id, [] FROM policy_shape;

CREATE TEMP TABLE answer_agents AS
SELECT
    answer.policy_id,
    answer.refused,
    coalesce(list(agent.token ORDER BY agent.token) FILTER (refusing.token IS NOT NULL), [])
        AS agents,
    coalesce(bool_or(agent.for_training) FILTER (refusing.token IS NOT NULL), FALSE) AS ai,
    -- Whether an agent we cannot name was refused can be told only where nobody is.
    CASE
        WHEN bool_or(agent.is_self)
            THEN coalesce(bool_or(agent.is_self) FILTER (refusing.token IS NOT NULL), FALSE)
        WHEN any_value(policy_shape.refuses_nobody) THEN FALSE
    END AS self
FROM answer
JOIN policy_shape USING (policy_id)
CROSS JOIN agent
LEFT JOIN agent_policy AS refusing
    ON refusing.policy_id = answer.policy_id
    AND refusing.token = agent.token
    AND (
        refusing.class = 'deny-all'
        OR (refusing.class = 'by-path' AND list_contains(answer.refused, refusing.ruleset_id))
    )
GROUP BY answer.policy_id, answer.refused;

-- Number 0: nobody is refused, and that is known of everybody.
CREATE TEMP TABLE refusal AS
SELECT 0 AS refusal_id, []::VARCHAR[] AS agents, FALSE AS ai, FALSE AS self
UNION ALL
SELECT row_number() OVER (ORDER BY agents, ai, self), agents, ai, self
FROM (SELECT DISTINCT agents, ai, self FROM answer_agents);

CREATE TEMP TABLE answer_refusal AS
SELECT policy_id, refused, refusal_id::INTEGER AS refusal_id
FROM answer_agents
JOIN refusal
    ON refusal.agents = answer_agents.agents
    AND refusal.ai = answer_agents.ai
    AND refusal.self IS NOT DISTINCT FROM answer_agents.self
    AND refusal.refusal_id > 0;

-- One row for each body and path that was asked; bodies whose answer hangs on no path have one
-- row with an empty path.
CREATE TEMP TABLE verdict_of_path AS
SELECT policy_id, match_form, refusal_id
FROM path_answer
JOIN answer_refusal USING (policy_id, refused)
UNION ALL
SELECT policy_id, '', refusal_id
FROM policy_shape
JOIN answer_refusal USING (policy_id)
WHERE len(policy_shape.ruleset_ids) = 0 AND answer_refusal.refused = [];
