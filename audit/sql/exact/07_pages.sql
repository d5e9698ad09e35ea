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

-- What speaks for an act: its own page, the front page of its host, for a gate there bars what lies
-- below (RFC 7617, section 2.2), and files that declare something for the whole site. What a page
-- declares or what it costs, it says of itself only. A file has a voice in that of which it ever spoke.
CREATE OR REPLACE TEMP TABLE page_subject AS
WITH seen AS (
    SELECT
        host_id,
        path,
        bool_or(declared IS DISTINCT FROM FALSE) AS declares,
        bool_or(priced IS DISTINCT FROM FALSE) AS prices
    FROM page_observation
    GROUP BY host_id, path
)
SELECT
    timed.act_id, timed.host_id, timed.lo, timed.hi, seen.path, 'own' AS voice,
    TRUE AS declares, TRUE AS prices
FROM timed
JOIN seen ON seen.host_id = timed.host_id AND seen.path = timed.path
UNION ALL
SELECT timed.act_id, timed.host_id, timed.lo, timed.hi, '/', 'front', FALSE, FALSE
FROM timed
WHERE timed.host_id IN (SELECT host_id FROM seen WHERE path = '/')
    AND timed.path IS DISTINCT FROM '/'
UNION ALL
SELECT timed.act_id, timed.host_id, timed.lo, timed.hi, seen.path, 'site', declares, prices
FROM timed
JOIN seen ON seen.host_id = timed.host_id AND starts_with(seen.path, 'site:');

CREATE OR REPLACE TEMP TABLE page_during AS
SELECT
    subject.act_id,
    subject.path,
    bool_or(page.gated) AS any_gated,
    bool_and(page.gated) AS all_gated,
    bool_or(page.declared) AS any_declared,
    bool_and(page.declared) AS all_declared,
    bool_or(page.priced) AS any_priced,
    bool_and(page.priced) AS all_priced,
    list({'role': 'page_during', 'id': page.capture_id} ORDER BY page.ordinal)[:5] AS captures
FROM page_subject AS subject
JOIN page_observation AS page
    ON page.host_id = subject.host_id AND page.path = subject.path
    AND page.seen_at > subject.lo AND page.seen_at < subject.hi
GROUP BY subject.act_id, subject.path;

CREATE OR REPLACE TEMP TABLE page_state AS
SELECT
    act_id,
    path,
    voice,
    state_of(gate_timing, p_gated, n_gated, any_gated) AS gate,
    basis_of(gate_timing, p_gated, n_gated) AS gate_basis,
    gate_timing = 'after' AND coalesce(n_gated, FALSE) AS gate_later,
    declares,
    CASE WHEN declares THEN state_of(declared_timing, p_declared, n_declared, any_declared) END
        AS declared,
    CASE WHEN declares THEN basis_of(declared_timing, p_declared, n_declared) END
        AS declared_basis,
    declares AND declared_timing = 'after' AND coalesce(n_declared, FALSE)
        AS declared_later,
    prices,
    CASE WHEN prices THEN state_of(priced_timing, p_priced, n_priced, any_priced) END AS priced,
    CASE WHEN prices THEN basis_of(priced_timing, p_priced, n_priced) END AS priced_basis,
    captures
FROM (
    SELECT
        subject.act_id,
        subject.path,
        subject.voice,
        subject.declares,
        subject.prices,
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
        timing_of(
            subject.lo, subject.hi, p.seen_at, n.seen_at,
            during.act_id IS NOT NULL
            AND (any_priced <> all_priced OR p.priced IS DISTINCT FROM any_priced)
        ) AS priced_timing,
        p.gated AS p_gated,
        n.gated AS n_gated,
        during.any_gated,
        p.declared AS p_declared,
        n.declared AS n_declared,
        during.any_declared,
        p.priced AS p_priced,
        n.priced AS n_priced,
        during.any_priced,
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
        ON during.act_id = subject.act_id AND during.path = subject.path
);

-- The page itself decides; where it cannot tell, a gate at the front page bars it. That the front
-- page is open says nothing of another. A declaration holds whether the page makes it or its site;
-- that there is none can be told only of all of them. So with prices. Of several the surest is the
-- basis.
CREATE OR REPLACE TEMP MACRO unsure(basis) AS list_position(
    [
        'contemporaneous', 'bracketed', 'carried', 'bracketed_wide', 'carried_stale',
        'inside_window', 'changed_between', 'after_only', 'never_observed', 'no_collection_date'
    ],
    basis
);

CREATE OR REPLACE TEMP TABLE page_of_act AS
SELECT
    act_id,
    coalesce(
        bool_or(gate) FILTER (voice = 'own'),
        nullif(bool_or(gate) FILTER (voice = 'front'), FALSE)
    ) AS gate,
    coalesce(
        any_value(gate_basis) FILTER (voice = 'own' AND gate IS NOT NULL),
        any_value(gate_basis) FILTER (voice = 'front' AND gate),
        any_value(gate_basis) FILTER (voice = 'own'),
        'never_observed'
    ) AS gate_basis,
    -- As with the gate itself: the front page is asked only where the page cannot tell.
    coalesce(bool_or(gate_later) FILTER (voice = 'own'), FALSE) OR (
        coalesce(bool_or(gate_later) FILTER (voice = 'front'), FALSE)
        AND any_value(gate) FILTER (voice = 'own') IS NULL
    ) AS gate_later,
    CASE
        WHEN bool_or(declared) THEN TRUE
        WHEN bool_or(declared IS NULL) FILTER (voice = 'site' AND declares) THEN NULL
        ELSE any_value(declared) FILTER (voice = 'own')
    END AS declared,
    coalesce(
        arg_min(declared_basis, unsure(declared_basis)) FILTER (declared),
        arg_min(declared_basis, unsure(declared_basis))
            FILTER (voice = 'site' AND declares AND declared IS NULL),
        any_value(declared_basis) FILTER (voice = 'own'),
        'never_observed'
    ) AS declared_basis,
    bool_or(declared_later) AND NOT coalesce(bool_or(declared), FALSE) AS declared_later,
    CASE
        WHEN bool_or(priced) THEN TRUE
        WHEN bool_or(priced IS NULL) FILTER (voice = 'site' AND prices) THEN NULL
        ELSE any_value(priced) FILTER (voice = 'own')
    END AS priced,
    coalesce(
        arg_min(priced_basis, unsure(priced_basis)) FILTER (priced),
        arg_min(priced_basis, unsure(priced_basis))
            FILTER (voice = 'site' AND prices AND priced IS NULL),
        any_value(priced_basis) FILTER (voice = 'own'),
        'never_observed'
    ) AS priced_basis,
    flatten(list(captures ORDER BY list_position(['own', 'front', 'site'], voice), path))
        AS captures
FROM page_state
GROUP BY act_id;
