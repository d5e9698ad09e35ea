-- Which refusal is each answer? Those of wide bodies are numbered after those of the snapshot.
CREATE OR REPLACE TEMP TABLE act_refusal AS
SELECT refusal_id, agents, ai, self FROM refusal
UNION ALL
SELECT
    ((SELECT max(refusal_id) FROM refusal) + row_number() OVER (ORDER BY agents, ai, self))::INTEGER,
    agents, ai, self
FROM (
    SELECT DISTINCT agents, ai, self
    FROM answer_agents
    ANTI JOIN refusal
        ON refusal.agents = answer_agents.agents
        AND refusal.ai = answer_agents.ai
        AND refusal.self IS NOT DISTINCT FROM answer_agents.self
);

-- One row for each body and path that was asked; bodies whose answer hangs on no path have one
-- row with an empty path.
CREATE OR REPLACE TEMP TABLE verdict_of_path AS
WITH known_answer AS (
    SELECT policy_id, refused, refusal_id
    FROM answer_refusal
    UNION ALL
    SELECT policy_id, refused, refusal_id
    FROM answer_agents
    JOIN act_refusal
        ON act_refusal.agents = answer_agents.agents
        AND act_refusal.ai = answer_agents.ai
        AND act_refusal.self IS NOT DISTINCT FROM answer_agents.self
)
SELECT policy_id, match_form, refusal_id
FROM path_answer
JOIN known_answer USING (policy_id, refused)
UNION ALL
SELECT policy_id, '', refusal_id
FROM policy
JOIN known_answer USING (policy_id)
WHERE len(policy.ruleset_ids) = 0 AND known_answer.refused = [];

-- /robots.txt itself is never refused (RFC 9309, section 2.2.2).
CREATE OR REPLACE TEMP TABLE said_of_act AS
SELECT
    robots.*,
    CASE WHEN robots.is_robots AND robots.p_policy IS NOT NULL THEN 0 ELSE p_said.refusal_id END
        AS p_refusal,
    CASE WHEN robots.is_robots AND robots.n_policy IS NOT NULL THEN 0 ELSE n_said.refusal_id END
        AS n_refusal
FROM robots_of_act AS robots
LEFT JOIN policy AS p_shape ON p_shape.policy_id = robots.p_policy
LEFT JOIN verdict_of_path AS p_said
    ON p_said.policy_id = robots.p_policy
    AND p_said.match_form =
        CASE WHEN len(p_shape.ruleset_ids) > 0 THEN robots.match_form ELSE '' END
LEFT JOIN policy AS n_shape ON n_shape.policy_id = robots.n_policy
LEFT JOIN verdict_of_path AS n_said
    ON n_said.policy_id = robots.n_policy
    AND n_said.match_form =
        CASE WHEN len(n_shape.ruleset_ids) > 0 THEN robots.match_form ELSE '' END;

-- What the observations during an act that lasted said. A NULL among them (an agent we cannot name)
-- leaves open whether all are alike.
CREATE OR REPLACE TEMP TABLE during_sum AS
SELECT
    during.act_id,
    bool_or(refusal.ai) AS any_ai,
    bool_and(refusal.ai) AS all_ai,
    CASE WHEN bool_or(own.self) THEN TRUE WHEN count(own.self) = count(*) THEN FALSE END
        AS any_self,
    CASE WHEN count(own.self) = count(*) THEN bool_and(own.self) END AS all_self,
    list({'role': 'robots_during', 'id': during.capture_id} ORDER BY during.ordinal)[:5] AS captures
FROM during
JOIN policy USING (policy_id)
JOIN verdict_of_path AS said
    ON said.policy_id = during.policy_id
    AND said.match_form = CASE WHEN len(ruleset_ids) > 0 THEN during.match_form ELSE '' END
JOIN act_refusal AS refusal
    ON refusal.refusal_id = CASE WHEN during.is_robots THEN 0 ELSE said.refusal_id END
CROSS JOIN LATERAL (SELECT self_of(refusal.self, refusal.agents, during.agent) AS self) AS own
GROUP BY during.act_id;
