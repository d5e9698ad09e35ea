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

-- What the observations during an act that lasted said.
CREATE TEMP TABLE during_sum AS
SELECT
    during.row_number,
    bool_or(refusal.ai) AS any_ai,
    bool_and(refusal.ai) AS all_ai,
    bool_or(refusal.self) AS any_self,
    bool_and(refusal.self) AS all_self
FROM during
JOIN policy_shape USING (policy_id)
JOIN verdict_of_path AS said
    ON said.policy_id = during.policy_id
    AND said.match_form = CASE WHEN len(ruleset_ids) > 0 THEN during.match_form ELSE '' END
JOIN refusal USING (refusal_id)
GROUP BY during.row_number;

-- The last answer to robots.txt before each act that was no answer at all (RFC 9309, 2.3.1.4).
CREATE TEMP TABLE unreachable AS
SELECT host_id, seen_at
FROM robots_answer
WHERE outcome = 'unreachable';

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

-- The page a row speaks of, or else the front page of its host: a gate there bars what lies below
-- (RFC 7617, section 2.2). What a page declares, it declares of itself only.
CREATE TEMP TABLE page_of_row AS
SELECT
    subject.row_number,
    subject.own,
    p.seen_at AS p_at,
    p.gated AS p_gated,
    p.declared AS p_declared,
    p.capture_id AS p_capture,
    n.seen_at AS n_at,
    n.gated AS n_gated,
    n.declared AS n_declared,
    n.capture_id AS n_capture
FROM (
    SELECT
        timed.row_number,
        timed.host_id,
        timed.lo,
        timed.hi,
        own.path IS NOT NULL AS own,
        coalesce(own.path, '/') AS path
    FROM timed
    LEFT JOIN (SELECT DISTINCT host_id, path FROM page_answer) AS own
        ON own.host_id = timed.host_id AND own.path = timed.path
    WHERE timed.host_id IN (SELECT host_id FROM page_answer)
) AS subject
LEFT JOIN page_segment AS earlier
    ON earlier.host_id = subject.host_id AND earlier.path = subject.path
    AND earlier.t_from <= subject.lo AND subject.lo < earlier.t_to
LEFT JOIN page_segment AS later
    ON later.host_id = subject.host_id AND later.path = subject.path
    AND later.t_from < subject.hi AND subject.hi <= later.t_to
LEFT JOIN page_observation AS p
    ON p.host_id = subject.host_id AND p.path = subject.path AND p.ordinal = earlier.ordinal
LEFT JOIN page_observation AS n
    ON n.host_id = subject.host_id AND n.path = subject.path AND n.ordinal = later.ordinal + 1;

CREATE TEMP TABLE row_fact AS
SELECT
    robots.row_number,
    robots.host_id,
    robots.p_refusal,
    robots.n_refusal,
    robots.p_capture,
    robots.n_capture,
    page.p_capture AS p_page,
    page.n_capture AS n_page,
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
    timing_of(robots.lo, robots.hi, page.p_at, page.n_at, FALSE) AS page_timing,
    page.p_gated,
    page.n_gated,
    page.p_declared AND page.own AS p_declared,
    page.n_declared AND page.own AS n_declared,
    coalesce(
        EXISTS (
            FROM unreachable
            WHERE unreachable.host_id = robots.host_id
                AND unreachable.seen_at <= robots.lo
                AND robots.hi - unreachable.seen_at <= getvariable('fresh')
                AND (robots.p_at IS NULL OR robots.p_at < robots.hi - getvariable('fresh'))
        ),
        FALSE
    ) AS robots_unreachable,
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
LEFT JOIN listed_host_sum AS by_host ON by_host.host_id = robots.host_id
LEFT JOIN listed_row_sum AS by_row ON by_row.row_number = robots.row_number;

-- Rows with the same facts share one number; the rules are asked once for each.
CREATE TEMP TABLE fact AS
SELECT (row_number() OVER () - 1)::INTEGER AS fact_id, *
FROM (
    SELECT DISTINCT
        readable, ai_timing, self_timing, p_ai, n_ai, p_self, n_self, any_ai, any_self,
        page_timing, p_gated, n_gated, p_declared, n_declared, robots_unreachable,
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
    row_fact.p_page,
    row_fact.n_page
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
    AND fact.page_timing = row_fact.page_timing
    AND fact.p_gated IS NOT DISTINCT FROM row_fact.p_gated
    AND fact.n_gated IS NOT DISTINCT FROM row_fact.n_gated
    AND fact.p_declared IS NOT DISTINCT FROM row_fact.p_declared
    AND fact.n_declared IS NOT DISTINCT FROM row_fact.n_declared
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
    -- FALSE: none was recorded for that time, which is no claim that there was none; its basis
    -- says how well it was looked for.
    coalesce(state_of(page_timing, p_gated, n_gated, FALSE), FALSE) AS gate,
    basis_of(page_timing, p_gated, n_gated) AS gate_basis,
    page_timing = 'after' AND coalesce(n_gated, FALSE) AS gate_later,
    coalesce(state_of(page_timing, p_declared, n_declared, FALSE), FALSE) AS declared,
    basis_of(page_timing, p_declared, n_declared) AS declared_basis,
    page_timing = 'after' AND coalesce(n_declared, FALSE) AS declared_later,
    listed,
    known,
    known_before_later_act,
    published_before,
    unverified
FROM fact;
