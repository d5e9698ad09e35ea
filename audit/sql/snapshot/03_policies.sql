-- What does each robots body say to each agent we ask for? (RFC 9309, section 2.2.1)
-- Run for a part of the new bodies at a time: from `first_policy`, `policies_at_once` of them.
CREATE OR REPLACE TEMP TABLE new_policy AS
SELECT *
FROM every_new_policy
WHERE policy_id BETWEEN getvariable('first_policy')
    AND getvariable('first_policy') + getvariable('policies_at_once') - 1;

-- An agent's own group replaces the one for all others.
CREATE OR REPLACE TEMP TABLE agent_policy_now AS
SELECT
    new_policy.policy_id,
    agent.token,
    coalesce(named.class, star.class, 'allow-all') AS class,
    CASE WHEN named.class IS NULL THEN star.ruleset_id ELSE named.ruleset_id END AS ruleset_id
FROM new_policy
CROSS JOIN agent
LEFT JOIN policy_group AS named
    ON named.policy_id = new_policy.policy_id AND named.token = agent.key
LEFT JOIN policy_group AS star ON star.policy_id = new_policy.policy_id AND star.token = '*';

-- Which rule sets of a body have to be asked for each path?
INSERT INTO policy
SELECT new_policy.*, coalesce(by_path.ruleset_ids, [])
FROM new_policy
LEFT JOIN (
    SELECT policy_id, list(DISTINCT ruleset_id ORDER BY ruleset_id) AS ruleset_ids
    FROM agent_policy_now
    WHERE class = 'by-path'
    GROUP BY policy_id
) AS by_path USING (policy_id);

CREATE OR REPLACE TEMP TABLE asked_ruleset_now AS
SELECT DISTINCT ruleset_id
FROM (
    SELECT unnest(ruleset_ids) AS ruleset_id
    FROM policy
    JOIN new_policy USING (policy_id)
)
JOIN ruleset USING (ruleset_id)
WHERE default_rank IS NULL;

-- The longest match decides, and of two equal ones the one that allows (RFC 9309, 2.2.2).
CREATE OR REPLACE TEMP TABLE rule_now AS
SELECT
    ruleset_id, literal, like_form, robots_rule.folded,
    (specificity * 2 + allow::INTEGER)::INTEGER AS rank,
    CASE WHEN like_form IS NULL THEN literal IN ('', '/')
        ELSE regexp_full_match(like_form, '/?%+')
    END AS every_path,
    coalesce(like_form, literal) AS written,
    -- Of a short pattern without a wildcard and with a final `$`, all there is to match.
    CASE
        WHEN length(literal) < 4 AND regexp_full_match(like_form, '(?:[^\\%]|\\.)*') THEN literal
    END AS whole,
    -- What a path must end with: the last piece of a pattern that ends with `$`.
    regexp_replace(regexp_extract(like_form, '%((?:[^\\%]|\\.)*)$', 1), '\\(.)', '\1', 'g') AS tail,
    CASE WHEN length(literal) >= 4 THEN literal[:4] END AS start_4,
    CASE WHEN length(literal) BETWEEN 2 AND 3 THEN literal[:2] END AS start_2,
    CASE
        WHEN length(literal) < 2
            AND regexp_full_match(tail, '.*[A-Za-z0-9/_.~!$&()*+,;=:@-]{4}')
            THEN right(tail, 4)
    END AS end_4,
    -- The longest piece between wildcards.
    CASE
        WHEN length(literal) < 2 AND end_4 IS NULL THEN list_max(list_transform(
            regexp_extract_all(like_form, '(?:[^\\%]|\\.)+'),
            lambda one: {'octets': length(one), 'text': regexp_replace(one, '\\(.)', '\1', 'g')}
        )).text
    END AS piece
FROM store.robots_rule
JOIN ruleset USING (ruleset)
JOIN asked_ruleset_now USING (ruleset_id);

INSERT INTO rule
SELECT ruleset_id, literal, like_form, rank, start_4, start_2, end_4, coalesce(piece, '')
FROM rule_now
WHERE NOT every_path
ORDER BY ruleset_id, start_4;

-- Which paths have to be asked at all? Rules that begin with a wildcard name no first characters;
-- of them it is told by what else a path must have: its first two characters, its last four, or one
-- character. What a rule needs that is not among these, every path may have.
UPDATE ruleset
SET
    folded = found.folded, default_rank = found.default_rank, mask = found.mask,
    traits = found.traits
FROM (
    SELECT
        ruleset_id,
        bool_or(folded) AS folded,
        coalesce(max(rank) FILTER (every_path), -1) AS default_rank,
        -- In lower case the first characters are others: every path is asked.
        CASE WHEN bool_or(folded AND NOT every_path) THEN every_bucket()
            ELSE coalesce(
                bit_or(
                    CASE WHEN whole = '/' THEN bucket_of('/') | bucket_of('')
                        ELSE bucket_of(coalesce(start_4, whole))
                    END
                ) FILTER (coalesce(start_4, whole) IS NOT NULL AND NOT every_path),
                0
            )
        END AS mask,
        coalesce(
            bit_or(
                CASE
                    WHEN start_2 IS NOT NULL THEN trait_of_start(start_2)
                    WHEN end_4 IS NOT NULL THEN trait_of_end(end_4)
                    WHEN contains(written, '?') THEN trait_of(48)
                    WHEN contains(written, '[') THEN trait_of(55)
                    WHEN contains(written, '//') THEN trait_of(56)
                    WHEN contains(written, '$') THEN trait_of(49)
                    WHEN contains(written, '&') THEN trait_of(50)
                    WHEN contains(written, '=') THEN trait_of(51)
                    WHEN contains(written, '~') THEN trait_of(52)
                    WHEN contains(written, '@') THEN trait_of(53)
                    -- What is no ASCII, or an escape: paths with those are always asked.
                    WHEN regexp_matches(written, '[^ -~]|\\%') THEN trait_of(54)
                    ELSE every_bucket()
                END
            ) FILTER (start_4 IS NULL AND whole IS NULL AND NOT every_path),
            0
        ) AS traits
    FROM rule_now
    GROUP BY ruleset_id
) AS found
WHERE found.ruleset_id = ruleset.ruleset_id;

-- Bodies with more rule sets than `widest` are asked when a row needs it; of the others every
-- choice of rule sets that refuse has an answer here.
INSERT INTO agent_policy
SELECT agent_policy_now.*
FROM agent_policy_now
JOIN policy USING (policy_id)
WHERE len(ruleset_ids) > getvariable('widest') AND class <> 'allow-all';

CREATE OR REPLACE TEMP TABLE choice AS
SELECT
    policy_id,
    refusing = 0 AS refuses_nobody,
    list_filter(ruleset_ids, lambda id, nth: (chosen >> (nth - 1)) & 1 = 1) AS refused
FROM (
    SELECT
        policy_id, refusing, ruleset_ids,
        unnest(range(0, 1::BIGINT << len(ruleset_ids)))::INTEGER AS chosen
    FROM policy
    JOIN new_policy USING (policy_id, refusing)
    WHERE len(ruleset_ids) <= getvariable('widest')
);
CREATE OR REPLACE TEMP TABLE agent_class AS
SELECT * FROM agent_policy_now WHERE class <> 'allow-all';
