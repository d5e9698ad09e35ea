-- What else was seen: failures of robots.txt, and pages with what bars and what they declare.

-- Failures of the last day before an act, or during it, that no copy of at most a day settles.
CREATE OR REPLACE TEMP TABLE failure_of_act AS
SELECT robots.act_id, max(unreachable.capture_id) AS capture_id
FROM robots_of_act AS robots
JOIN unreachable
    ON unreachable.host_id = robots.host_id
    AND unreachable.seen_at >= robots.lo - getvariable('fresh')
    AND (unreachable.seen_at < robots.hi OR unreachable.seen_at = robots.lo)
WHERE coalesce(greatest(unreachable.last_state, robots.p_at), TIMESTAMP '-infinity')
    < unreachable.seen_at - getvariable('fresh')
GROUP BY robots.act_id;

-- The pages that speak for an act: its own, and the front page of its host, for a gate there bars
-- what lies below (RFC 7617, section 2.2). What a page declares, it declares of itself only.
CREATE OR REPLACE TEMP TABLE page_subject AS
SELECT timed.act_id, timed.host_id, timed.lo, timed.hi, seen.path, TRUE AS own
FROM timed
JOIN (SELECT DISTINCT host_id, path FROM page_observation) AS seen
    ON seen.host_id = timed.host_id AND seen.path = timed.path
UNION ALL
SELECT timed.act_id, timed.host_id, timed.lo, timed.hi, '/', FALSE
FROM timed
WHERE timed.host_id IN (SELECT host_id FROM page_observation WHERE path = '/')
    AND timed.path IS DISTINCT FROM '/';

CREATE OR REPLACE TEMP TABLE page_during AS
SELECT
    subject.act_id,
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
GROUP BY subject.act_id, subject.own;

CREATE OR REPLACE TEMP TABLE page_state AS
SELECT
    act_id,
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
        subject.act_id,
        subject.own,
        timing_of(
            subject.lo, subject.hi, p.seen_at, n.seen_at,
            during.act_id IS NOT NULL
            AND (any_gated <> all_gated OR p.gated IS DISTINCT FROM any_gated)
        ) AS gate_timing,
        timing_of(
            subject.lo, subject.hi, p.seen_at, n.seen_at,
            during.act_id IS NOT NULL
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
        ON during.act_id = subject.act_id AND during.own = subject.own
);

-- The page itself decides; where it cannot tell, a gate at the front page bars it. That the front
-- page is open says nothing of another.
CREATE OR REPLACE TEMP TABLE page_of_act AS
SELECT
    act_id,
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
GROUP BY act_id;
