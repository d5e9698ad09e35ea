-- What are the facts of a URL that names no web address (host -2)? Those of a host of which nothing
-- is known (-1), and that it cannot be read.
INSERT INTO core
SELECT -core.core, FALSE, core.* EXCLUDE (core, readable)
FROM core
WHERE core.core IN (SELECT core FROM fact JOIN state USING (fact_id) WHERE host_id = -1);

INSERT INTO fact
SELECT
    ((SELECT max(fact_id) FROM fact) + row_number() OVER (ORDER BY core))::INTEGER,
    core, NULL, NULL
FROM core
WHERE NOT readable;

INSERT INTO state
SELECT
    ((SELECT max(state_id) FROM state) + row_number() OVER (ORDER BY nth))::INTEGER,
    -2, state.nth, NULL, unread.fact_id, NULL, NULL, NULL, NULL, NULL
FROM state
JOIN fact ON fact.fact_id = state.fact_id
JOIN fact AS unread ON unread.core = -fact.core
WHERE state.host_id = -1;
