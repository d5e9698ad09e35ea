-- What are the facts in each state of a host, and for which answers of its robots.txt?
-- Run after acts were judged, for the hosts of `act_host`.

-- The rule sets that a path has to be asked of: alike for all states of a host where they are at
-- most two, else of each state's own bodies.
CREATE OR REPLACE TEMP TABLE asked_of_state AS
WITH asked AS (
    SELECT
        act.act_id,
        act.host_id,
        list_sort(list_distinct(list_concat(p.ruleset_ids, n.ruleset_ids))) AS ruleset_ids
    FROM act_core AS act
    LEFT JOIN policy AS p ON p.policy_id = act.p_policy
    LEFT JOIN policy AS n ON n.policy_id = act.n_policy
),
of_host AS (
    SELECT host_id, list_sort(list_distinct(flatten(list(ruleset_ids)))) AS ruleset_ids
    FROM asked
    WHERE len(ruleset_ids) > 0
    GROUP BY host_id
)
SELECT
    asked.act_id,
    CASE WHEN len(of_host.ruleset_ids) <= 2 THEN of_host.ruleset_ids
        ELSE coalesce(asked.ruleset_ids, [])
    END AS ruleset_ids,
    coalesce(len(of_host.ruleset_ids) > 2, FALSE) AS varies
FROM asked
LEFT JOIN of_host USING (host_id);

INSERT INTO question
SELECT
    ((SELECT coalesce(max(question_id), -1) FROM question)
        + row_number() OVER (ORDER BY ruleset_ids))::INTEGER,
    ruleset_ids,
    NULL
FROM (
    SELECT DISTINCT ruleset_ids
    FROM asked_of_state
    WHERE len(ruleset_ids) BETWEEN 1 AND getvariable('widest')
) AS asked
ANTI JOIN question USING (ruleset_ids);

UPDATE question
SET default_answer = found.answer
FROM (
    SELECT
        question_id,
        sum(1 << (nth - 1)) FILTER (refuses(ruleset.default_rank)) AS answer
    FROM (
        SELECT
            question_id,
            unnest(ruleset_ids) AS ruleset_id,
            generate_subscripts(ruleset_ids, 1) AS nth
        FROM question
        WHERE default_answer IS NULL
    ) AS asked
    JOIN ruleset USING (ruleset_id)
    GROUP BY question_id
) AS found
WHERE found.question_id = question.question_id AND default_answer IS NULL;
UPDATE question SET default_answer = 0 WHERE default_answer IS NULL;

-- What each body answers to each answer to a question: the list of refusals for 0, 1, 2 …
CREATE OR REPLACE TEMP TABLE state_question AS
SELECT asked.act_id, asked.varies, asked.ruleset_ids, question.question_id
FROM asked_of_state AS asked
LEFT JOIN question USING (ruleset_ids);

CREATE OR REPLACE TEMP TABLE body_answers AS
WITH pair AS (
    SELECT p_policy AS policy_id, ruleset_ids
    FROM act_core
    JOIN state_question USING (act_id)
    WHERE len(ruleset_ids) <= getvariable('widest')
    UNION
    SELECT n_policy, ruleset_ids
    FROM act_core
    JOIN state_question USING (act_id)
    WHERE len(ruleset_ids) <= getvariable('widest')
),
answer AS (
    SELECT policy_id, ruleset_ids, unnest(range(0, 1::BIGINT << len(ruleset_ids))) AS bits
    FROM pair
),
refused AS (
    SELECT
        answer.policy_id,
        answer.ruleset_ids,
        answer.bits,
        list_filter(
            policy.ruleset_ids,
            lambda one: (bits >> (list_position(answer.ruleset_ids, one) - 1)) & 1 = 1
        ) AS refused
    FROM answer
    LEFT JOIN policy USING (policy_id)
)
SELECT
    refused.policy_id,
    refused.ruleset_ids,
    -- -1: no body was seen.
    list(coalesce(answer_refusal.refusal_id, -1) ORDER BY refused.bits) AS refusals
FROM refused
LEFT JOIN answer_refusal
    ON answer_refusal.policy_id = refused.policy_id AND answer_refusal.refused = refused.refused
GROUP BY refused.policy_id, refused.ruleset_ids;

CREATE OR REPLACE TEMP TABLE shaped AS
SELECT
    act.act_id, act.core, p.refusals AS p_refusals, n.refusals AS n_refusals, asked.question_id,
    asked.varies
FROM act_core AS act
JOIN state_question AS asked USING (act_id)
LEFT JOIN body_answers AS p
    ON p.policy_id IS NOT DISTINCT FROM act.p_policy AND p.ruleset_ids = asked.ruleset_ids
LEFT JOIN body_answers AS n
    ON n.policy_id IS NOT DISTINCT FROM act.n_policy AND n.ruleset_ids = asked.ruleset_ids;

INSERT INTO core
SELECT core_facts.core, TRUE, core_facts.* EXCLUDE (core)
FROM core_facts
ANTI JOIN core USING (core);

CREATE OR REPLACE TEMP TABLE new_shape AS
SELECT
    ((SELECT coalesce(max(shape_id), -1) FROM shape)
        + row_number() OVER (ORDER BY core, p_refusals, n_refusals))::INTEGER AS shape_id,
    *
FROM (
    SELECT DISTINCT core, p_refusals, n_refusals
    FROM shaped
    WHERE p_refusals IS NOT NULL
) AS met
ANTI JOIN shape USING (core, p_refusals, n_refusals);

CREATE OR REPLACE TEMP TABLE shape_fact AS
SELECT
    shape_id, core, nth,
    nullif(p_refusals[nth], -1) AS p_refusal,
    nullif(n_refusals[nth], -1) AS n_refusal
FROM (
    SELECT *, unnest(range(1, len(p_refusals) + 1))::INTEGER AS nth FROM new_shape
);

INSERT INTO fact
SELECT
    ((SELECT coalesce(max(fact_id), -1) FROM fact)
        + row_number() OVER (ORDER BY core, p_refusal, n_refusal))::INTEGER,
    core, p_refusal, n_refusal
FROM (SELECT DISTINCT core, p_refusal, n_refusal FROM shape_fact) AS met
ANTI JOIN fact
    ON fact.core = met.core
    AND fact.p_refusal IS NOT DISTINCT FROM met.p_refusal
    AND fact.n_refusal IS NOT DISTINCT FROM met.n_refusal;

INSERT INTO shape
SELECT new_shape.*, numbered.fact_ids
FROM new_shape
JOIN (
    SELECT shape_fact.shape_id, list(fact.fact_id ORDER BY shape_fact.nth) AS fact_ids
    FROM shape_fact
    JOIN fact
        ON fact.core = shape_fact.core
        AND fact.p_refusal IS NOT DISTINCT FROM shape_fact.p_refusal
        AND fact.n_refusal IS NOT DISTINCT FROM shape_fact.n_refusal
    GROUP BY shape_fact.shape_id
) AS numbered USING (shape_id);

-- A state with more rule sets than `widest` has no fact: its rows are asked one by one.
CREATE OR REPLACE TEMP TABLE new_state AS
SELECT
    ((SELECT coalesce(max(state_id), -1) FROM state) + 1 + act.act_id)::INTEGER AS state_id,
    act.host_id,
    span.nth,
    span.t_from,
    shape.fact_ids[coalesce(question.default_answer, 0) + 1] AS fact_id,
    shape.shape_id,
    shaped.question_id,
    shaped.varies,
    act.p_capture,
    act.n_capture,
    act.more_captures
FROM act_core AS act
JOIN span USING (act_id)
JOIN shaped USING (act_id)
LEFT JOIN shape
    ON shape.core = act.core
    AND shape.p_refusals = shaped.p_refusals
    AND shape.n_refusals = shaped.n_refusals
LEFT JOIN question ON question.question_id = shaped.question_id
ORDER BY act.act_id;

INSERT INTO state SELECT * EXCLUDE (varies) FROM new_state;
INSERT INTO host_entries
SELECT host_id, periods, unverified_at, entries FROM listed_host_sum;
INSERT INTO host_list SELECT DISTINCT host_id, list_id, status FROM listed_host;
