-- What is kept of a shard, beside a verdict for each row.

CREATE TEMP VIEW kept_facts AS
SELECT facts.*, outcome.* EXCLUDE (fact_id), counted.row_count, sample.first_rows
FROM facts
JOIN outcome USING (fact_id)
JOIN (SELECT fact AS fact_id, sum(row_count)::BIGINT AS row_count FROM tally GROUP BY fact) AS counted
    USING (fact_id)
JOIN sample ON sample.fact = facts.fact_id
ORDER BY facts.fact_id;

-- What was asked rule by rule.
CREATE TEMP VIEW kept_fired AS
SELECT fact_id, rule_id, level, confidence, fires
FROM fired
ORDER BY fact_id, rule_id;

-- A state with a base is that of the snapshot, with entries for addresses besides, and after them
-- those for digests and copies.
CREATE TEMP VIEW kept_states AS
WITH address AS (
    SELECT state_id, flatten(list(host_address.entries)) AS entries
    FROM (SELECT state_id, unnest(address_ids) AS address_id FROM shard_state)
    JOIN host_address USING (address_id)
    GROUP BY state_id
)
SELECT
    state_id, base, host, p_capture, n_capture, more_captures,
    list_concat(
        coalesce(list_sort(list_distinct(address.entries))[:20], []),
        coalesce(shard_state.entries, [])
    ) AS entries
FROM shard_state
LEFT JOIN address USING (state_id)
ORDER BY state_id DESC;

CREATE TEMP VIEW kept_tally AS
SELECT
    CASE WHEN new_host.host_id IS NULL THEN tally.host_id END AS host_id,
    new_host.host,
    tally.fact AS fact_id,
    tally.by_act,
    tally.row_count,
    tally.odd_urls
FROM tally
LEFT JOIN new_host USING (host_id)
ORDER BY ALL;

-- Rows with a state of the shard's own, by that state and the lists that name them.
CREATE TEMP VIEW kept_lists AS
WITH naming AS (
    SELECT shard_state.state_id, listed_host.list_id, listed_host.status
    FROM shard_state
    JOIN act USING (act_id)
    JOIN listed_host ON listed_host.host_id = act.host_id
    UNION
    SELECT shard_state.state_id, listed_act.list_id, listed_act.status
    FROM shard_state
    JOIN listed_act USING (act_id)
    UNION
    SELECT shard_state.state_id, host_list.list_id, host_list.status
    FROM shard_state
    JOIN host_list USING (host_id)
    WHERE shard_state.base IS NOT NULL
    UNION
    SELECT state_id, one.list_id, one.status
    FROM (
        SELECT state_id, unnest(host_address.lists) AS one
        FROM (SELECT state_id, unnest(address_ids) AS address_id FROM shard_state)
        JOIN host_address USING (address_id)
    )
    UNION
    FROM beside_list
)
SELECT naming.state_id, list_id, status, counted.row_count
FROM naming
JOIN (SELECT state, count(*) AS row_count FROM judged WHERE state < 0 GROUP BY state) AS counted
    ON counted.state = naming.state_id
ORDER BY ALL;

-- A verdict for each row, in the order of the shard; a fact that is NULL is that of the state. They
-- are sorted, because tables that several threads fill do not keep the order in which they were read.
CREATE TEMP VIEW kept_verdicts AS
SELECT judged.state, judged.own_fact AS fact, coded.level
FROM judged
JOIN (SELECT fact_id, level::{levels} AS level FROM outcome) AS coded ON coded.fact_id = judged.fact
ORDER BY judged.row;

-- How many rows there were, and how many of them were out of the ordinary. `whole`: as many came out
-- as went in, each of them once, with a state and with facts that the rules were asked about.
CREATE TEMP VIEW kept_counts AS
SELECT
    counted.row_count,
    (SELECT count(*) FROM seen WHERE aside & 16 > 0) AS unreadable_dates,
    coalesce((SELECT sum(odd_urls) FROM tally), 0)::BIGINT AS odd_urls,
    counted.row_count = (SELECT count(*) FROM dated)
        AND coalesce(counted.row_sum, 0) = counted.row_count * (counted.row_count - 1) // 2
        AND counted.states = counted.row_count
        AND NOT EXISTS (FROM judged ANTI JOIN outcome ON outcome.fact_id = judged.fact) AS whole
FROM (
    SELECT count(*) AS row_count, sum(row::HUGEINT) AS row_sum, count(state) AS states FROM judged
) AS counted;

-- How many rows were collected from which day on?
CREATE TEMP VIEW kept_days AS
SELECT DATE '1970-01-01' + day::INTEGER AS day, count(*) AS row_count
FROM seen
WHERE day IS NOT NULL AND row % getvariable('accesses') = 0  -- a row's further acts are its own
GROUP BY day
ORDER BY day;
