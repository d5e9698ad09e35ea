-- What is known at each act? `core` numbers all of it but whom robots.txt refused, which hangs on
-- the path (p_refusal, n_refusal).
CREATE OR REPLACE TEMP TABLE act_fact AS
SELECT
    robots.act_id,
    robots.host_id,
    robots.p_policy,
    robots.n_policy,
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
    by_act.entries,
    timing_of(
        robots.lo, robots.hi, robots.p_at, robots.n_at,
        during.act_id IS NOT NULL
        AND (during.any_ai <> during.all_ai OR before.ai IS DISTINCT FROM during.any_ai)
    ) AS ai_timing,
    timing_of(
        robots.lo, robots.hi, robots.p_at, robots.n_at,
        during.act_id IS NOT NULL
        AND (during.any_self <> during.all_self OR self_of(before.self, before.agents, robots.agent) IS DISTINCT FROM during.any_self)
    ) AS self_timing,
    during.any_ai,
    during.any_self,
    page.gate,
    coalesce(page.gate_basis, 'never_observed') AS gate_basis,
    coalesce(page.gate_later, FALSE) AS gate_later,
    page.declared,
    coalesce(page.declared_basis, 'never_observed') AS declared_basis,
    coalesce(page.declared_later, FALSE) AS declared_later,
    page.priced,
    coalesce(page.priced_basis, 'never_observed') AS priced_basis,
    failure.act_id IS NOT NULL AS robots_unreachable,
    least(received_in(by_host.periods, robots.lo), received_in(by_act.periods, robots.lo))
        AS first_received,
    least(
        received_in(by_host.periods, getvariable('last_later_act')),
        received_in(by_act.periods, getvariable('last_later_act'))
    ) AS received_by_then,
    least(published_in(by_host.periods, robots.lo), published_in(by_act.periods, robots.lo))
        AS first_published,
    robots.lo,
    robots.hi,
    coalesce(by_host.unverified_at, by_act.unverified_at) IS NOT NULL AS unverified
FROM said_of_act AS robots
LEFT JOIN act_refusal AS before ON before.refusal_id = robots.p_refusal
LEFT JOIN during_sum AS during ON during.act_id = robots.act_id
LEFT JOIN page_of_act AS page ON page.act_id = robots.act_id
LEFT JOIN failure_of_act AS failure ON failure.act_id = robots.act_id
LEFT JOIN listed_host_sum AS by_host ON by_host.host_id = robots.host_id
LEFT JOIN listed_act_sum AS by_act ON by_act.act_id = robots.act_id;

CREATE OR REPLACE TEMP TABLE act_core AS
SELECT
    *,
    ((((((((((((timing_number(ai_timing)
        * 10 + timing_number(self_timing))
        * 3 + tri(any_ai))
        * 3 + tri(any_self))
        * 3 + tri(gate))
        * 11 + basis_number(gate_basis))
        * 2 + gate_later::BIGINT)
        * 3 + tri(declared))
        * 11 + basis_number(declared_basis))
        * 2 + declared_later::BIGINT)
        * 3 + tri(priced))
        * 11 + basis_number(priced_basis))
        * 2 + robots_unreachable::BIGINT)
        * 144 + listing_number(listed, known, known_before_later_act, published_before, unverified)
        AS core
FROM (
    SELECT
        * EXCLUDE (first_received, received_by_then, first_published, lo, hi),
        first_received IS NOT NULL AS listed,
        known_of(first_received, lo, hi) AS known,
        known_before_later_act_of(first_received, received_by_then) AS known_before_later_act,
        published_before_of(first_published, lo) AS published_before
    FROM act_fact
);

-- What each number stands for.
CREATE OR REPLACE TEMP TABLE core_facts AS
SELECT
    core,
    any_value(ai_timing) AS ai_timing,
    any_value(self_timing) AS self_timing,
    any_value(any_ai) AS any_ai,
    any_value(any_self) AS any_self,
    any_value(gate) AS gate,
    any_value(gate_basis) AS gate_basis,
    any_value(gate_later) AS gate_later,
    any_value(declared) AS declared,
    any_value(declared_basis) AS declared_basis,
    any_value(declared_later) AS declared_later,
    any_value(priced) AS priced,
    any_value(priced_basis) AS priced_basis,
    any_value(robots_unreachable) AS robots_unreachable,
    any_value(listed) AS listed,
    any_value(known) AS known,
    any_value(known_before_later_act) AS known_before_later_act,
    any_value(published_before) AS published_before,
    any_value(unverified) AS unverified
FROM act_core
GROUP BY core;
