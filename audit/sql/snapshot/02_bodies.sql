-- Which robots bodies are new?
CREATE TEMP TABLE new_body AS
SELECT body_sha256, lowercased
FROM (SELECT DISTINCT body_sha256, lowercased FROM robots_answer WHERE outcome = 'parsed') AS body
ANTI JOIN policy USING (body_sha256, lowercased);

CREATE TEMP TABLE new_group AS
SELECT robots_group.* FROM store.robots_group AS robots_group JOIN new_body USING (body_sha256, lowercased);

INSERT INTO ruleset
SELECT
    ((SELECT coalesce(max(ruleset_id), -1) FROM ruleset) + row_number() OVER (ORDER BY ruleset))::INTEGER,
    ruleset,
    NULL, NULL, NULL, NULL
FROM (SELECT DISTINCT ruleset FROM new_group WHERE class = 'by-path') AS named
ANTI JOIN ruleset USING (ruleset);

CREATE TEMP TABLE every_new_policy AS
SELECT 0 AS policy_id, NULL AS body_sha256, FALSE AS lowercased, 0 AS refusing
WHERE NOT EXISTS (FROM policy)
UNION ALL
SELECT
    ((SELECT coalesce(max(policy_id), 0) FROM policy) + row_number() OVER (ORDER BY body_sha256, lowercased))::INTEGER,
    body_sha256,
    lowercased,
    coalesce(refusing.group_count, 0)::INTEGER
FROM new_body
LEFT JOIN (
    SELECT body_sha256, lowercased, count(*) AS group_count
    FROM new_group
    WHERE class <> 'allow-all'
    GROUP BY body_sha256, lowercased
) AS refusing USING (body_sha256, lowercased);

CREATE TEMP TABLE policy_group AS
SELECT policy_id, token, class, ruleset_id
FROM new_group
JOIN every_new_policy USING (body_sha256, lowercased)
LEFT JOIN ruleset ON ruleset.ruleset = new_group.ruleset AND new_group.class = 'by-path';
