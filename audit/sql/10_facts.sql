-- What are the facts of each row? Rows with the same facts share one fact id.
-- Parameters: fresh, bracket, carry (Table A's limits), and what the declaration says.

-- Table A: how the observations before (p) and after (n) stand to an act of [lo, hi).
CREATE TEMP MACRO timing_of(lo, hi, p_at, n_at, flips) AS CASE
    WHEN lo IS NULL THEN 'undated'
    WHEN flips THEN 'inside'
    WHEN p_at IS NULL AND n_at IS NULL THEN 'never'
    WHEN p_at IS NULL THEN 'after'
    WHEN hi - p_at <= getvariable('fresh') THEN 'fresh'
    WHEN n_at IS NOT NULL AND n_at - p_at <= getvariable('bracket') THEN 'near'
    WHEN n_at IS NOT NULL THEN 'far'
    WHEN hi - p_at <= getvariable('carry') THEN 'carried'
    ELSE 'stale'
END;

-- TRUE: in force, perhaps only possibly (see its basis). FALSE: not in force. NULL: cannot tell;
-- "possibly not" is that too.
CREATE TEMP MACRO state_of(timing, p, n, any_inside) AS CASE
    WHEN timing IN ('undated', 'never', 'after') THEN NULL
    WHEN timing = 'inside' THEN nullif(coalesce(p, FALSE) OR any_inside, FALSE)
    WHEN timing IN ('fresh', 'carried') THEN p
    WHEN timing = 'stale' THEN nullif(p, FALSE)
    WHEN p IS NULL OR n IS NULL THEN NULL
    WHEN p <> n THEN TRUE
    WHEN timing = 'near' THEN p
    ELSE nullif(p, FALSE)
END;

CREATE TEMP MACRO basis_of(timing, p, n) AS CASE
    WHEN timing = 'undated' THEN 'no_collection_date'
    WHEN timing = 'never' THEN 'never_observed'
    WHEN timing = 'after' THEN 'after_only'
    WHEN timing = 'inside' THEN 'inside_window'
    WHEN timing = 'fresh' THEN 'contemporaneous'
    WHEN timing = 'carried' THEN 'carried'
    WHEN timing = 'stale' THEN 'carried_stale'
    WHEN p <> n THEN 'changed_between'
    WHEN timing = 'near' THEN 'bracketed'
    ELSE 'bracketed_wide'
END;

-- What the observations during an act that lasted said. A NULL among them (an agent we cannot name)
-- leaves open whether all are alike.
CREATE TEMP TABLE during_sum AS
SELECT
    during.row_number,
    bool_or(refusal.ai) AS any_ai,
    bool_and(refusal.ai) AS all_ai,
    CASE WHEN bool_or(refusal.self) THEN TRUE WHEN count(refusal.self) = count(*) THEN FALSE END
        AS any_self,
    CASE WHEN count(refusal.self) = count(*) THEN bool_and(refusal.self) END AS all_self,
    list({'role': 'robots_during', 'id': during.capture_id} ORDER BY during.ordinal)[:5] AS captures
FROM during
JOIN policy_shape USING (policy_id)
JOIN verdict_of_path AS said
    ON said.policy_id = during.policy_id
    AND said.match_form = CASE WHEN len(ruleset_ids) > 0 THEN during.match_form ELSE '' END
JOIN refusal USING (refusal_id)
GROUP BY during.row_number;

-- Answers to robots.txt that were none, each with the last state before it (RFC 9309, 2.3.1.4).
CREATE TEMP TABLE unreachable AS
SELECT failure.host_id, failure.seen_at, failure.capture_id, max(state.seen_at) AS last_state
FROM robots_answer AS failure
LEFT JOIN observation AS state
    ON state.host_id = failure.host_id AND state.seen_at <= failure.seen_at
WHERE failure.outcome = 'unreachable'
GROUP BY ALL;

CREATE TEMP TABLE robots_of_row AS
SELECT
    timed.row_number,
    timed.host_id,
    timed.lo,
    timed.hi,
    p.seen_at AS p_at,
    p.capture_id AS p_capture,
    n.seen_at AS n_at,
    n.capture_id AS n_capture,
    CASE WHEN timed.is_robots AND p.policy_id IS NOT NULL THEN 0 ELSE p_said.refusal_id END
        AS p_refusal,
    CASE WHEN timed.is_robots AND n.policy_id IS NOT NULL THEN 0 ELSE n_said.refusal_id END
        AS n_refusal
FROM timed
LEFT JOIN observed AS p ON p.host_id = timed.host_id AND p.ordinal = timed.p_ordinal
LEFT JOIN policy_shape AS p_shape ON p_shape.policy_id = p.policy_id
LEFT JOIN verdict_of_path AS p_said
    ON p_said.policy_id = p.policy_id
    AND p_said.match_form = CASE WHEN len(p_shape.ruleset_ids) > 0 THEN timed.match_form ELSE '' END
LEFT JOIN observed AS n ON n.host_id = timed.host_id AND n.ordinal = timed.n_ordinal
LEFT JOIN policy_shape AS n_shape ON n_shape.policy_id = n.policy_id
LEFT JOIN verdict_of_path AS n_said
    ON n_said.policy_id = n.policy_id
    AND n_said.match_form = CASE WHEN len(n_shape.ruleset_ids) > 0 THEN timed.match_form ELSE '' END;

-- Failures of the last day before an act, or during it, that no copy of at most a day settles.
CREATE TEMP TABLE failure_of_row AS
SELECT robots.row_number, max(unreachable.capture_id) AS capture_id
FROM robots_of_row AS robots
JOIN unreachable
    ON unreachable.host_id = robots.host_id
    AND unreachable.seen_at >= robots.lo - getvariable('fresh')
    AND (unreachable.seen_at < robots.hi OR unreachable.seen_at = robots.lo)
WHERE coalesce(greatest(unreachable.last_state, robots.p_at), TIMESTAMP '-infinity')
    < unreachable.seen_at - getvariable('fresh')
GROUP BY robots.row_number;

-- The pages that speak for a row: its own, and the front page of its host, for a gate there bars
-- what lies below (RFC 7617, section 2.2). What a page declares, it declares of itself only.
CREATE TEMP TABLE page_subject AS
SELECT timed.row_number, timed.host_id, timed.lo, timed.hi, seen.path, TRUE AS own
FROM timed
JOIN (SELECT DISTINCT host_id, path FROM page_answer) AS seen
    ON seen.host_id = timed.host_id AND seen.path = timed.path
UNION ALL
SELECT timed.row_number, timed.host_id, timed.lo, timed.hi, '/', FALSE
FROM timed
WHERE timed.host_id IN (SELECT host_id FROM page_answer WHERE path = '/')
    AND timed.path IS DISTINCT FROM '/';

CREATE TEMP TABLE page_during AS
SELECT
    subject.row_number,
    subject.own,
    bool_or(page.gated) AS any_gated,
    bool_and(page.gated) AS all_gated,
    bool_or(page.declared) AS any_declared,
    bool_and(page.declared) AS all_declared,
    list({'role': 'page_during', 'id': page.capture_id} ORDER BY page.ordinal)[:5] AS captures
FROM page_subject AS subject
JOIN page_observation AS page
    ON page.host_id = subject.host_id AND page.path = subject.path
    AND page.seen_at > subject.lo AND page.seen_at < subject.hi
GROUP BY subject.row_number, subject.own;

CREATE TEMP TABLE page_state AS
SELECT
    row_number,
    own,
    state_of(gate_timing, p_gated, n_gated, any_gated) AS gate,
    basis_of(gate_timing, p_gated, n_gated) AS gate_basis,
    gate_timing = 'after' AND coalesce(n_gated, FALSE) AS gate_later,
    CASE WHEN own THEN state_of(declared_timing, p_declared, n_declared, any_declared) END
        AS declared,
    CASE WHEN own THEN basis_of(declared_timing, p_declared, n_declared) END AS declared_basis,
    own AND declared_timing = 'after' AND coalesce(n_declared, FALSE) AS declared_later,
    captures
FROM (
    SELECT
        subject.row_number,
        subject.own,
        timing_of(
            subject.lo, subject.hi, p.seen_at, n.seen_at,
            during.row_number IS NOT NULL
            AND (any_gated <> all_gated OR p.gated IS DISTINCT FROM any_gated)
        ) AS gate_timing,
        timing_of(
            subject.lo, subject.hi, p.seen_at, n.seen_at,
            during.row_number IS NOT NULL
            AND (any_declared <> all_declared OR p.declared IS DISTINCT FROM any_declared)
        ) AS declared_timing,
        p.gated AS p_gated,
        n.gated AS n_gated,
        during.any_gated,
        p.declared AS p_declared,
        n.declared AS n_declared,
        during.any_declared,
        list_concat(
            list_filter(
                [
                    {'role': 'page_before', 'id': p.capture_id},
                    {'role': 'page_after', 'id': n.capture_id}
                ],
                lambda capture: capture.id IS NOT NULL
            ),
            during.captures
        ) AS captures
    FROM page_subject AS subject
    LEFT JOIN page_segment AS earlier
        ON earlier.host_id = subject.host_id AND earlier.path = subject.path
        AND earlier.t_from <= subject.lo AND subject.lo < earlier.t_to
    LEFT JOIN page_segment AS later
        ON later.host_id = subject.host_id AND later.path = subject.path
        AND later.t_from < subject.hi AND subject.hi <= later.t_to
    LEFT JOIN page_observation AS p
        ON p.host_id = subject.host_id AND p.path = subject.path AND p.ordinal = earlier.ordinal
    LEFT JOIN page_observation AS n
        ON n.host_id = subject.host_id AND n.path = subject.path
        AND n.ordinal = later.ordinal + 1
    LEFT JOIN page_during AS during
        ON during.row_number = subject.row_number AND during.own = subject.own
);

-- The page itself decides; where it cannot tell, a gate at the front page bars it. That the front
-- page is open says nothing of another.
CREATE TEMP TABLE page_of_row AS
SELECT
    row_number,
    coalesce(bool_or(gate) FILTER (own), nullif(bool_or(gate) FILTER (NOT own), FALSE)) AS gate,
    coalesce(
        any_value(gate_basis) FILTER (own AND gate IS NOT NULL),
        any_value(gate_basis) FILTER (NOT own AND gate),
        any_value(gate_basis) FILTER (own),
        'never_observed'
    ) AS gate_basis,
    -- As with the gate itself: the front page is asked only where the page cannot tell.
    coalesce(bool_or(gate_later) FILTER (own), FALSE) OR (
        coalesce(bool_or(gate_later) FILTER (NOT own), FALSE)
        AND any_value(gate) FILTER (own) IS NULL
    ) AS gate_later,
    any_value(declared) AS declared,
    coalesce(any_value(declared_basis), 'never_observed') AS declared_basis,
    bool_or(declared_later) AS declared_later,
    flatten(list(captures ORDER BY own DESC)) AS captures
FROM page_state
GROUP BY row_number;

CREATE TEMP TABLE row_fact AS
SELECT
    robots.row_number,
    robots.host_id,
    robots.p_refusal,
    robots.n_refusal,
    robots.p_capture,
    robots.n_capture,
    list_concat(
        during.captures,
        page.captures,
        CASE
            WHEN failure.capture_id IS NOT NULL
                THEN [{'role': 'robots_unreachable', 'id': failure.capture_id}]
        END
    ) AS more_captures,
    robots.host_id IS NOT NULL AS readable,
    timing_of(
        robots.lo, robots.hi, robots.p_at, robots.n_at,
        during.row_number IS NOT NULL
        AND (during.any_ai <> during.all_ai OR before.ai IS DISTINCT FROM during.any_ai)
    ) AS ai_timing,
    timing_of(
        robots.lo, robots.hi, robots.p_at, robots.n_at,
        during.row_number IS NOT NULL
        AND (during.any_self <> during.all_self OR before.self IS DISTINCT FROM during.any_self)
    ) AS self_timing,
    before.ai AS p_ai,
    after.ai AS n_ai,
    before.self AS p_self,
    after.self AS n_self,
    during.any_ai,
    during.any_self,
    page.gate,
    coalesce(page.gate_basis, 'never_observed') AS gate_basis,
    coalesce(page.gate_later, FALSE) AS gate_later,
    page.declared,
    coalesce(page.declared_basis, 'never_observed') AS declared_basis,
    coalesce(page.declared_later, FALSE) AS declared_later,
    failure.row_number IS NOT NULL AS robots_unreachable,
    least(by_host.received_at, by_row.received_at) AS first_received,
    first_received IS NOT NULL AS listed,
    CASE
        WHEN first_received IS NULL OR robots.lo IS NULL THEN NULL
        WHEN first_received < robots.lo THEN 'before'
        WHEN first_received < robots.hi THEN 'during'
        ELSE 'after'
    END AS known,
    -- NULL: no later act is declared, so whether knowledge came before it cannot be told.
    CASE
        WHEN first_received IS NULL THEN FALSE
        ELSE first_received < getvariable('last_later_act')
    END AS known_before_later_act,
    CASE
        WHEN least(by_host.published_at, by_row.published_at) IS NULL THEN FALSE
        ELSE least(by_host.published_at, by_row.published_at) < robots.lo
    END AS published_before,
    coalesce(by_host.unverified_at, by_row.unverified_at) IS NOT NULL AS unverified
FROM robots_of_row AS robots
LEFT JOIN refusal AS before ON before.refusal_id = robots.p_refusal
LEFT JOIN refusal AS after ON after.refusal_id = robots.n_refusal
LEFT JOIN during_sum AS during ON during.row_number = robots.row_number
LEFT JOIN page_of_row AS page ON page.row_number = robots.row_number
LEFT JOIN failure_of_row AS failure ON failure.row_number = robots.row_number
LEFT JOIN listed_host_sum AS by_host ON by_host.host_id = robots.host_id
LEFT JOIN listed_row_sum AS by_row ON by_row.row_number = robots.row_number;

-- Rows with the same facts share one number; the rules are asked once for each.
CREATE TEMP TABLE fact AS
SELECT (row_number() OVER () - 1)::INTEGER AS fact_id, *
FROM (
    SELECT DISTINCT
        readable, ai_timing, self_timing, p_ai, n_ai, p_self, n_self, any_ai, any_self,
        gate, gate_basis, gate_later, declared, declared_basis, declared_later, robots_unreachable,
        listed, known, known_before_later_act, published_before, unverified
    FROM row_fact
    ORDER BY ALL
);

-- What is kept of a row from here on, in the order of the manifest.
CREATE TEMP TABLE numbered AS
SELECT
    row_fact.row_number,
    row_fact.host_id,
    fact.fact_id,
    row_fact.p_refusal,
    row_fact.n_refusal,
    row_fact.p_capture,
    row_fact.n_capture,
    row_fact.more_captures
FROM row_fact
JOIN fact
    ON fact.readable = row_fact.readable
    AND fact.ai_timing = row_fact.ai_timing
    AND fact.self_timing = row_fact.self_timing
    AND fact.p_ai IS NOT DISTINCT FROM row_fact.p_ai
    AND fact.n_ai IS NOT DISTINCT FROM row_fact.n_ai
    AND fact.p_self IS NOT DISTINCT FROM row_fact.p_self
    AND fact.n_self IS NOT DISTINCT FROM row_fact.n_self
    AND fact.any_ai IS NOT DISTINCT FROM row_fact.any_ai
    AND fact.any_self IS NOT DISTINCT FROM row_fact.any_self
    AND fact.gate IS NOT DISTINCT FROM row_fact.gate
    AND fact.gate_basis = row_fact.gate_basis
    AND fact.gate_later = row_fact.gate_later
    AND fact.declared IS NOT DISTINCT FROM row_fact.declared
    AND fact.declared_basis = row_fact.declared_basis
    AND fact.declared_later = row_fact.declared_later
    AND fact.robots_unreachable = row_fact.robots_unreachable
    AND fact.listed = row_fact.listed
    AND fact.known IS NOT DISTINCT FROM row_fact.known
    AND fact.known_before_later_act IS NOT DISTINCT FROM row_fact.known_before_later_act
    AND fact.published_before IS NOT DISTINCT FROM row_fact.published_before
    AND fact.unverified = row_fact.unverified
ORDER BY row_fact.row_number;

DROP TABLE row_fact;
DROP TABLE robots_of_row;
DROP TABLE page_of_row;

-- The facts that rules may speak of (docs/rules.md).
CREATE TEMP TABLE facts AS
SELECT
    fact_id,
    readable,
    getvariable('purpose') AS purpose,
    getvariable('agent_known') AS agent_known,
    getvariable('copies') AS copies,
    state_of(ai_timing, p_ai, n_ai, any_ai) AS robots_ai,
    basis_of(ai_timing, p_ai, n_ai) AS robots_ai_basis,
    state_of(self_timing, p_self, n_self, any_self) AS robots_self,
    basis_of(self_timing, p_self, n_self) AS robots_self_basis,
    ai_timing = 'after' AND (n_ai OR (getvariable('agent_known') AND coalesce(n_self, FALSE)))
        AS robots_later,
    robots_unreachable,
    gate,
    gate_basis,
    gate_later,
    declared,
    declared_basis,
    declared_later,
    listed,
    known,
    known_before_later_act,
    published_before,
    unverified
FROM fact;
