-- Which refusals are there? They are few and get a number.
-- Number 0: nobody is refused, and that is known of everybody.
INSERT INTO refusal
SELECT 0, [], FALSE, FALSE WHERE NOT EXISTS (FROM refusal);

INSERT INTO refusal
SELECT
    ((SELECT max(refusal_id) FROM refusal) + row_number() OVER (ORDER BY agents, ai, self))::INTEGER,
    agents, ai, self
FROM (SELECT DISTINCT agents, ai, self FROM answer_agents) AS answer
ANTI JOIN refusal
    ON refusal.agents = answer.agents
    AND refusal.ai = answer.ai
    AND refusal.self IS NOT DISTINCT FROM answer.self;

INSERT INTO answer_refusal
SELECT policy_id, refused, refusal_id
FROM answer_agents
JOIN refusal
    ON refusal.agents = answer_agents.agents
    AND refusal.ai = answer_agents.ai
    AND refusal.self IS NOT DISTINCT FROM answer_agents.self;
