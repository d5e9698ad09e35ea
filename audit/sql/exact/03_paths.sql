-- Which rule sets are asked for which path? Once per distinct body and path.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT DISTINCT policy_id, match_form, policy.ruleset_ids
FROM (
    SELECT p_policy AS policy_id, match_form FROM robots_of_act
    UNION ALL
    SELECT n_policy, match_form FROM robots_of_act
    UNION ALL
    SELECT policy_id, match_form FROM during
) AS met
JOIN policy USING (policy_id)
WHERE len(policy.ruleset_ids) > 0 AND match_form IS NOT NULL;

CREATE OR REPLACE TEMP TABLE asked_form AS
SELECT (row_number() OVER (ORDER BY match_form))::INTEGER AS asked_id, match_form
FROM (SELECT DISTINCT match_form FROM asked);

-- A rule set is asked once for a path, whichever bodies hold it.
CREATE OR REPLACE TEMP TABLE asked_ruleset AS
SELECT
    asked_id,
    ruleset_id,
    CASE WHEN ruleset.folded THEN lower(match_form) ELSE match_form END AS form
FROM (
    SELECT DISTINCT asked_id, match_form, unnest(ruleset_ids) AS ruleset_id
    FROM asked
    JOIN asked_form USING (match_form)
) AS pair
JOIN ruleset USING (ruleset_id);
