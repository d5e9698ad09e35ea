-- What was found for each row: its state and its facts. What the look-up could not settle stands in
-- `settled`; states and facts that only this shard has go by numbers below zero.
CREATE TEMP TABLE wanted AS
SELECT core, p_refusal, n_refusal FROM act_core
UNION
SELECT core, p_refusal, n_refusal FROM relisted;

CREATE TEMP TABLE met AS
SELECT
    wanted.*,
    coalesce(
        fact.fact_id,
        -row_number() OVER (
            PARTITION BY fact.fact_id IS NULL
            ORDER BY wanted.core, wanted.p_refusal, wanted.n_refusal
        )
    )::INTEGER AS fact_id
FROM wanted
LEFT JOIN fact
    ON fact.core = wanted.core
    AND fact.p_refusal IS NOT DISTINCT FROM wanted.p_refusal
    AND fact.n_refusal IS NOT DISTINCT FROM wanted.n_refusal;

CREATE TEMP TABLE shard_fact AS
SELECT fact_id, core, p_refusal, n_refusal FROM met WHERE fact_id < 0;

CREATE TEMP TABLE act_answer AS
SELECT act_core.*, met.fact_id
FROM act_core
JOIN met
    ON met.core = act_core.core
    AND met.p_refusal IS NOT DISTINCT FROM act_core.p_refusal
    AND met.n_refusal IS NOT DISTINCT FROM act_core.n_refusal;

-- State -1 is that of a URL that names no web address.
-- Others are new hosts, states of a host with addresses that are listed, and acts.
CREATE TEMP TABLE shard_state AS
WITH unlike AS (
    SELECT host_id, host, NULL::INTEGER AS base, NULL::INTEGER[] AS address_ids, NULL::INTEGER AS act_id
    FROM new_host
    WHERE host_id IN (SELECT host_id FROM way WHERE way = 'unknown')
    UNION ALL
    SELECT host_id, host, state, address_ids, NULL
    FROM (SELECT DISTINCT host_id, state, address_ids FROM relisted)
    JOIN host USING (host_id)
    UNION ALL
    SELECT host_id, host, NULL, NULL, act_id
    FROM act
    JOIN act_host USING (host_id)
)
SELECT
    (-1 - row_number() OVER (
        ORDER BY unlike.act_id NULLS FIRST, unlike.base NULLS FIRST, unlike.address_ids, unlike.host
    ))::INTEGER AS state_id,
    unlike.*,
    act_answer.p_capture,
    act_answer.n_capture,
    act_answer.more_captures,
    list_concat(of_act_host.entries, act_answer.entries) AS entries
FROM unlike
LEFT JOIN act_answer ON act_answer.act_id = unlike.act_id
LEFT JOIN listed_host_sum AS of_act_host
    ON unlike.act_id IS NOT NULL AND of_act_host.host_id = unlike.host_id;

-- The facts of hosts of which nothing is known (-1), and of what is no address (-2).
CREATE TEMP TABLE nobody AS
SELECT host_id, nth > 0 AS dated, fact_id
FROM state
WHERE host_id < 0;

CREATE TEMP TABLE settled AS
SELECT row, state, fact, host_id FROM answered ANTI JOIN relisted USING (row)
UNION ALL
SELECT relisted.row, shard_state.state_id, met.fact_id, relisted.host_id
FROM relisted
JOIN shard_state
    ON shard_state.base = relisted.state AND shard_state.address_ids = relisted.address_ids
JOIN met
    ON met.core = relisted.core
    AND met.p_refusal IS NOT DISTINCT FROM relisted.p_refusal
    AND met.n_refusal IS NOT DISTINCT FROM relisted.n_refusal
UNION ALL
SELECT act_row.row, shard_state.state_id, act_answer.fact_id, act_row.host_id
FROM act_row
JOIN act
    ON act.host_id = act_row.host_id
    AND act.lo IS NOT DISTINCT FROM act_row.lo
    AND act.hi IS NOT DISTINCT FROM act_row.hi
    AND act.path IS NOT DISTINCT FROM act_row.path
    AND act.match_form IS NOT DISTINCT FROM act_row.match_form
    AND act.is_robots = act_row.is_robots
    AND act.agent IS NOT DISTINCT FROM act_row.agent
JOIN shard_state ON shard_state.act_id = act.act_id
JOIN act_answer ON act_answer.act_id = act.act_id
UNION ALL
SELECT way.row, shard_state.state_id, nobody.fact_id, way.host_id
FROM way
JOIN shard_state
    ON shard_state.host_id = way.host_id
    AND shard_state.act_id IS NULL
    AND shard_state.base IS NULL
JOIN nobody ON nobody.host_id = -1 AND nobody.dated = (way.lo IS NOT NULL)
WHERE way = 'unknown'
UNION ALL
SELECT way.row, -1, nobody.fact_id, NULL
FROM way
JOIN nobody ON nobody.host_id = -2 AND nobody.dated = (way.lo IS NOT NULL)
WHERE way = 'unreadable';

CREATE TEMP TABLE judged AS
SELECT
    seen.row,
    coalesce(settled.state, on_leaf.state, seen.state)::INTEGER AS state,
    coalesce(settled.fact, on_leaf.fact, seen.fact)::INTEGER AS fact,
    settled.fact AS own_fact,  -- NULL: that of the state
    coalesce(settled.host_id, seen.host_id)::INTEGER AS host_id
FROM seen
LEFT JOIN on_leaf ON seen.aside & 8 > 0 AND on_leaf.row = seen.row
LEFT JOIN settled ON settled.row = seen.row;
