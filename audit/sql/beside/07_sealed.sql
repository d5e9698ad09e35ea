-- Rows that sealed lists name lose all by which they could be told apart: no host, no capture, no
-- entry, and the facts of a host of which nothing is known. What stays is their place in the manifest
-- and what kind of list names them.
INSERT INTO sealed_found
SELECT judged.row, page.kind
FROM judged
JOIN manifest ON manifest.row = judged.row
JOIN sealed_page AS page ON page.url = manifest.url;

CREATE TEMP TABLE sealed_row AS
SELECT
    row,
    -- Of several the gravest.
    arg_min(kind, list_position(['csam', 'ncii', 'host', 'other'], kind)) AS kind,
    any_value(manifest.lo) IS NOT NULL AS dated
FROM sealed_found
JOIN manifest USING (row)
GROUP BY row;

CREATE TEMP TABLE sealed_fact AS
SELECT
    ((SELECT least(coalesce(min(fact_id), 0), 0) FROM shard_fact)
        - row_number() OVER (ORDER BY met.kind, met.dated))::INTEGER AS fact_id,
    met.kind,
    met.dated,
    fact.core,
    fact.p_refusal,
    fact.n_refusal
FROM (SELECT DISTINCT kind, dated FROM sealed_row) AS met
JOIN nobody ON nobody.host_id = -1 AND nobody.dated = met.dated
JOIN fact ON fact.fact_id = nobody.fact_id;

SET VARIABLE sealed_state = (SELECT least(coalesce(min(state_id), -1), -1) - 1 FROM shard_state);

UPDATE judged
SET state = getvariable('sealed_state'), fact = found.fact_id, own_fact = found.fact_id, host_id = NULL
FROM (SELECT sealed_row.row, sealed_fact.fact_id FROM sealed_row JOIN sealed_fact USING (kind, dated))
    AS found
WHERE found.row = judged.row;

-- What only these rows had is not kept.
DELETE FROM shard_state WHERE state_id NOT IN (SELECT state FROM judged);
DELETE FROM shard_fact WHERE fact_id NOT IN (SELECT fact FROM judged);
DELETE FROM beside_fact WHERE fact_id NOT IN (SELECT fact FROM judged);
DELETE FROM new_host WHERE host_id NOT IN (SELECT host_id FROM judged WHERE host_id IS NOT NULL);

INSERT INTO shard_fact SELECT fact_id, core, p_refusal, n_refusal FROM sealed_fact;
INSERT INTO beside_fact SELECT fact_id, FALSE, NULL, kind FROM sealed_fact;
INSERT INTO shard_state (state_id) VALUES (getvariable('sealed_state'));
