-- What does each body answer on each path that is asked, and which refusal is that?
CREATE OR REPLACE TEMP TABLE path_answer AS
SELECT
    asked_of.policy_id,
    asked_of.match_form,
    coalesce(
        list(asked_of.ruleset_id ORDER BY asked_of.ruleset_id) FILTER (
            refuses(greatest(best_rule.rank, ruleset.default_rank))
        ),
        []
    ) AS refused
FROM (
    SELECT policy_id, match_form, asked_id, unnest(ruleset_ids) AS ruleset_id
    FROM asked
    JOIN asked_form USING (match_form)
) AS asked_of
JOIN ruleset ON ruleset.ruleset_id = asked_of.ruleset_id
LEFT JOIN best_rule
    ON best_rule.ruleset_id = asked_of.ruleset_id
    AND best_rule.asked_id = asked_of.asked_id
GROUP BY asked_of.policy_id, asked_of.match_form;

-- Answers of bodies that are too wide to have all of theirs in the snapshot.
CREATE OR REPLACE TEMP TABLE choice AS
SELECT DISTINCT path_answer.policy_id, policy.refusing = 0 AS refuses_nobody, path_answer.refused
FROM path_answer
JOIN policy USING (policy_id)
ANTI JOIN answer_refusal
    ON answer_refusal.policy_id = path_answer.policy_id
    AND answer_refusal.refused = path_answer.refused;
CREATE OR REPLACE TEMP TABLE agent_class AS
SELECT agent_policy.*
FROM agent_policy
WHERE policy_id IN (SELECT policy_id FROM choice);
