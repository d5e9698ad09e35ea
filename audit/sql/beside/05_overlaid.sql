-- What do entries for a row's digest, and for what it shows a copy of, change? All else that is known
-- of the row stays: its facts become those with what these lists say, its state one of its own.

-- The same findings are looked at once. With an entry for a copy stands by what: `archive:ENTRY`.
CREATE TEMP TABLE beside_row AS
SELECT
    row,
    list(DISTINCT entry_id ORDER BY entry_id) FILTER (kind = 'digest') AS digests,
    list(DISTINCT through || ':' || entry_id ORDER BY through || ':' || entry_id)
        FILTER (kind = 'copy' AND entry_id IS NOT NULL) AS copies,
    bool_or(kind = 'copy' AND entry_id IS NULL) AS untold
FROM (
    SELECT row, 'digest' AS kind, '' AS through, entry_id FROM digest_found
    UNION ALL
    SELECT row, 'copy', through, entry_id FROM copy_found
)
GROUP BY row;

CREATE TEMP TABLE beside AS
SELECT row_number() OVER (ORDER BY digests, copies, untold) AS beside_id, *
FROM (SELECT DISTINCT digests, copies, untold FROM beside_row);

CREATE TEMP TABLE beside_sum AS
WITH by_digest AS (
    SELECT
        beside_id,
        periods_of(counts, received_at, published_at, ended_at) AS periods,
        min(received_at) FILTER (counts = 'pending') AS unverified_at
    FROM (SELECT beside_id, unnest(digests) AS entry_id FROM beside)
    JOIN digest_entry USING (entry_id)
    GROUP BY beside_id
),
by_copy AS (
    SELECT beside_id, periods_of(counts, received_at, published_at, ended_at) AS periods
    FROM (SELECT beside_id, regexp_replace(unnest(copies), '^[a-z]+:', '') AS entry_id FROM beside)
    JOIN list_entry USING (entry_id)
    GROUP BY beside_id
)
SELECT
    beside.beside_id,
    by_digest.periods,
    by_digest.unverified_at,
    by_copy.periods AS copy_periods,
    beside.untold
FROM beside
LEFT JOIN by_digest USING (beside_id)
LEFT JOIN by_copy USING (beside_id);

CREATE TEMP VIEW any_core AS
FROM core
UNION
SELECT core, TRUE, * EXCLUDE (core) FROM core_facts
UNION
FROM shard_core;

-- What the row's own address and its digests come to together: each of the facts is that of the
-- earliest receipt.
CREATE TEMP TABLE overlaid AS
WITH found AS (
    SELECT
        judged.row,
        judged.state,
        judged.host_id,
        beside.beside_id,
        said.core AS base,
        said.p_refusal,
        said.n_refusal,
        any_core.readable,
        received_in(sum.periods, manifest.lo) AS first_received,
        known_of(first_received, manifest.lo, manifest.hi) AS known_by_digest,
        any_core.listed OR first_received IS NOT NULL AS listed,
        CASE
            WHEN any_core.known IS NULL THEN known_by_digest
            WHEN known_by_digest IS NULL THEN any_core.known
            WHEN 'before' IN (any_core.known, known_by_digest) THEN 'before'
            WHEN 'during' IN (any_core.known, known_by_digest) THEN 'during'
            ELSE 'after'
        END AS known,
        CASE WHEN listed AND getvariable('last_later_act') IS NULL THEN NULL
            ELSE any_core.known_before_later_act OR known_before_later_act_of(
                first_received, received_in(sum.periods, getvariable('last_later_act'))
            )
        END AS known_before_later_act,
        any_core.published_before
            OR published_before_of(published_in(sum.periods, manifest.lo), manifest.lo)
            AS published_before,
        any_core.unverified OR sum.unverified_at IS NOT NULL AS unverified,
        received_in(sum.copy_periods, manifest.lo) AS copy_received,
        CASE WHEN copy_received IS NOT NULL THEN TRUE WHEN sum.untold THEN NULL ELSE FALSE END
            AS copy_listed,
        known_of(copy_received, manifest.lo, manifest.hi) AS copy_known
    FROM beside_row
    JOIN beside
        ON beside.digests IS NOT DISTINCT FROM beside_row.digests
        AND beside.copies IS NOT DISTINCT FROM beside_row.copies
        AND beside.untold = beside_row.untold
    JOIN beside_sum AS sum USING (beside_id)
    JOIN judged ON judged.row = beside_row.row
    JOIN manifest ON manifest.row = beside_row.row
    JOIN (
        SELECT fact_id, core, p_refusal, n_refusal FROM fact
        UNION ALL
        SELECT fact_id, core, p_refusal, n_refusal FROM shard_fact
    ) AS said ON said.fact_id = judged.fact
    JOIN any_core ON any_core.core = said.core
)
SELECT
    *,
    sign(base)::BIGINT * (
        abs(base) // 144 * 144
        + listing_number(listed, known, known_before_later_act, published_before, unverified)
    ) AS core
FROM found;

INSERT INTO shard_core
SELECT DISTINCT
    overlaid.core, overlaid.readable, any_core.ai_timing, any_core.self_timing, any_core.any_ai,
    any_core.any_self, any_core.gate, any_core.gate_basis, any_core.gate_later, any_core.declared,
    any_core.declared_basis, any_core.declared_later, any_core.priced, any_core.priced_basis,
    any_core.robots_unreachable,
    overlaid.listed, overlaid.known, overlaid.known_before_later_act, overlaid.published_before,
    overlaid.unverified
FROM overlaid
JOIN any_core ON any_core.core = overlaid.base
WHERE overlaid.core NOT IN (SELECT core FROM any_core);

CREATE TEMP TABLE overlaid_fact AS
SELECT
    coalesce(
        known.fact_id,
        (SELECT least(coalesce(min(fact_id), 0), 0) FROM shard_fact)
            - row_number() OVER (
                PARTITION BY known.fact_id IS NULL
                ORDER BY met.core, met.p_refusal, met.n_refusal, met.copy_listed, met.copy_known
            )
    )::INTEGER AS fact_id,
    met.*
FROM (SELECT DISTINCT core, p_refusal, n_refusal, copy_listed, copy_known FROM overlaid) AS met
LEFT JOIN (
    SELECT fact_id, core, p_refusal, n_refusal FROM fact
    UNION ALL
    SELECT fact_id, core, p_refusal, n_refusal FROM shard_fact
) AS known
    ON met.copy_listed IS NOT DISTINCT FROM FALSE
    AND known.core = met.core
    AND known.p_refusal IS NOT DISTINCT FROM met.p_refusal
    AND known.n_refusal IS NOT DISTINCT FROM met.n_refusal;

INSERT INTO shard_fact
SELECT fact_id, core, p_refusal, n_refusal
FROM overlaid_fact
WHERE fact_id < 0 AND fact_id NOT IN (SELECT fact_id FROM shard_fact);

INSERT INTO beside_fact
SELECT fact_id, copy_listed, copy_known, 'no'
FROM overlaid_fact
WHERE copy_listed IS DISTINCT FROM FALSE;

-- A state for each that was found: what the state had, and these entries. It stands on a state of the
-- snapshot, or is one of the shard's own once more.
CREATE TEMP TABLE overlaid_state AS
SELECT
    (SELECT least(coalesce(min(state_id), -1), -1) FROM shard_state)
        - row_number() OVER (ORDER BY state, host_id, beside_id) AS state_id,
    *
FROM (SELECT DISTINCT state, host_id, beside_id FROM overlaid);

INSERT INTO shard_state
SELECT
    made.state_id::INTEGER AS state_id,
    coalesce(own.host_id, made.host_id) AS host_id,
    coalesce(own.host, host.host) AS host,
    CASE WHEN made.state >= 0 THEN made.state ELSE own.base END AS base,
    own.address_ids,
    own.act_id,
    own.p_capture,
    own.n_capture,
    own.more_captures,
    list_concat(own.entries, coalesce(beside.digests[:20], []), coalesce(beside.copies[:20], []))
        AS entries
FROM overlaid_state AS made
JOIN beside USING (beside_id)
LEFT JOIN shard_state AS own ON own.state_id = made.state
LEFT JOIN host ON made.state >= 0 AND host.host_id = made.host_id;

-- Lists that name what a row shows a copy of are not among those that name the row.
INSERT INTO beside_list
SELECT DISTINCT made.state_id, entry.list_id, entry.status
FROM (
    SELECT state_id, unnest(digests) AS entry_id
    FROM overlaid_state
    JOIN beside USING (beside_id)
) AS made
JOIN digest_entry AS entry USING (entry_id);

UPDATE judged
SET state = found.state_id, fact = found.fact_id, own_fact = found.fact_id
FROM (
    SELECT overlaid.row, overlaid_state.state_id, overlaid_fact.fact_id
    FROM overlaid
    JOIN overlaid_state
        ON overlaid_state.state = overlaid.state
        AND overlaid_state.host_id IS NOT DISTINCT FROM overlaid.host_id
        AND overlaid_state.beside_id = overlaid.beside_id
    JOIN overlaid_fact
        ON overlaid_fact.core = overlaid.core
        AND overlaid_fact.p_refusal IS NOT DISTINCT FROM overlaid.p_refusal
        AND overlaid_fact.n_refusal IS NOT DISTINCT FROM overlaid.n_refusal
        AND overlaid_fact.copy_listed IS NOT DISTINCT FROM overlaid.copy_listed
        AND overlaid_fact.copy_known IS NOT DISTINCT FROM overlaid.copy_known
) AS found
WHERE found.row = judged.row;
