-- What does each robots body say to each agent we ask for? (RFC 9309, section 2.2.1)

CREATE TEMP TABLE policy AS
SELECT (row_number() OVER (ORDER BY policy) - 1)::INTEGER AS policy_id, policy
FROM (SELECT DISTINCT policy FROM observation);

CREATE TEMP TABLE ruleset AS
SELECT (row_number() OVER (ORDER BY ruleset) - 1)::INTEGER AS ruleset_id, ruleset
FROM (SELECT DISTINCT ruleset FROM robots_group);

CREATE TEMP TABLE policy_group AS
SELECT policy_id, token, class, ruleset_id
FROM robots_group
JOIN policy ON policy = body_sha256 || lowercased
JOIN ruleset USING (ruleset);

-- An agent's own group replaces the one for all others.
CREATE TEMP TABLE agent_policy AS
SELECT
    policy.policy_id,
    agent.token,
    coalesce(named.class, star.class, 'allow-all') AS class,
    coalesce(named.ruleset_id, star.ruleset_id) AS ruleset_id
FROM policy
CROSS JOIN agent
LEFT JOIN policy_group AS named ON named.policy_id = policy.policy_id AND named.token = agent.key
LEFT JOIN policy_group AS star ON star.policy_id = policy.policy_id AND star.token = '*';

-- Which rule sets of a body have to be asked for each path, and does the body refuse anybody?
CREATE TEMP TABLE policy_shape AS
SELECT
    policy.policy_id,
    coalesce(by_path.ruleset_ids, []) AS ruleset_ids,
    NOT EXISTS (
        FROM policy_group
        WHERE policy_group.policy_id = policy.policy_id AND class <> 'allow-all'
    ) AS refuses_nobody
FROM policy
LEFT JOIN (
    SELECT policy_id, list(DISTINCT ruleset_id ORDER BY ruleset_id) AS ruleset_ids
    FROM agent_policy
    WHERE class = 'by-path'
    GROUP BY policy_id
) AS by_path USING (policy_id);

CREATE TEMP TABLE observed AS
SELECT host_id, ordinal, seen_at, capture_id, policy_id
FROM observation
JOIN policy USING (policy);

-- Whose rows need their path: hosts with rules by path, pages that were seen, or listed addresses.
CREATE TEMP TABLE needs_path AS
SELECT host_id
FROM observed
JOIN policy_shape USING (policy_id)
WHERE len(ruleset_ids) > 0
UNION
SELECT host_id
FROM page_answer
UNION
SELECT host.host_id
FROM host
JOIN list_entry
    ON regexp_replace(host.name, '^www\.', '') = regexp_replace(list_entry.host, '^www\.', '')
WHERE list_entry.scope IN ('url', 'url_prefix');
