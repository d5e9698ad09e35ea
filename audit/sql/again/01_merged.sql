-- What do the tables of a shard hold once the rows of `stale_row` were judged again? Run after they
-- were. Numbers of the shard's own that are new go below those it has; -1 is the state of a URL that
-- names no web address, wherever it stands.
SET VARIABLE lowest_state = (SELECT least(coalesce(min(state_id), -1), -1) + 1 FROM old_states);
SET VARIABLE lowest_fact = (SELECT least(coalesce(min(fact_id), 0), 0) FROM old_facts);
CREATE TEMP MACRO new_state_id(state) AS
    (state + CASE WHEN state < -1 THEN getvariable('lowest_state') ELSE 0 END)::INTEGER;
CREATE TEMP MACRO new_fact_id(fact) AS
    (fact + CASE WHEN fact < 0 THEN getvariable('lowest_fact') ELSE 0 END)::INTEGER;

CREATE TEMP TABLE again AS
SELECT
    judged.row,
    new_state_id(judged.state) AS state,
    new_fact_id(judged.own_fact) AS fact,
    outcome.level::{levels} AS level
FROM judged
JOIN outcome ON outcome.fact_id = judged.fact;

CREATE TEMP VIEW merged_verdicts AS
SELECT
    CASE WHEN again.row IS NULL THEN old.state ELSE again.state END AS state,
    CASE WHEN again.row IS NULL THEN old.fact ELSE again.fact END AS fact,
    coalesce(again.level, old.level::{levels}) AS level
FROM old_verdicts AS old
LEFT JOIN again ON again.row = old.row
ORDER BY old.row;

CREATE TEMP VIEW merged_states AS
SELECT old_states.*
FROM old_states
ANTI JOIN stale_local USING (state_id)
UNION ALL BY NAME
SELECT * REPLACE (new_state_id(state_id) AS state_id)
FROM kept_states
ORDER BY state_id DESC;

CREATE TEMP VIEW merged_lists AS
SELECT old_lists.*
FROM old_lists
ANTI JOIN stale_local USING (state_id)
UNION ALL BY NAME
SELECT * REPLACE (new_state_id(state_id) AS state_id)
FROM kept_lists
ORDER BY ALL;

-- All rows of a host that changed are judged again, so that all it had goes.
CREATE TEMP TABLE left_tally AS
SELECT old_tally.*
FROM old_tally
ANTI JOIN stale_host ON stale_host.host_id = old_tally.host_id
ANTI JOIN stale_local ON stale_local.host = old_tally.host;

CREATE TEMP TABLE merged_tally AS
SELECT *
FROM left_tally
UNION ALL BY NAME
SELECT * REPLACE (new_fact_id(fact_id) AS fact_id)
FROM kept_tally
ORDER BY ALL;

CREATE TEMP TABLE met_fact AS
SELECT fact_id, sum(row_count)::BIGINT AS row_count
FROM merged_tally
GROUP BY fact_id;

CREATE TEMP VIEW merged_fired AS
SELECT old_fired.*
FROM old_fired
SEMI JOIN met_fact USING (fact_id)
UNION
SELECT * REPLACE (new_fact_id(fact_id) AS fact_id)
FROM kept_fired
ORDER BY fact_id, rule_id;
