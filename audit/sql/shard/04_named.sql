-- Which rows does an entry for their address name, and what does that change? Their host's state and
-- the answer of its rules stay what they are; what lists say is told anew.
CREATE TEMP TABLE named AS
WITH entry AS (
    SELECT asked_path.row, entry.address_id
    FROM asked_path
    JOIN host_address AS entry
        ON entry.host_id = asked_path.host_id AND entry.key = asked_path.path[:4]
    WHERE asked_path.form IS NOT NULL AND names_page(entry.scope, entry.path, asked_path.path)
    UNION ALL
    SELECT asked_path.row, entry.address_id
    FROM asked_path
    JOIN (FROM host_address WHERE key IS NULL) AS entry ON entry.host_id = asked_path.host_id
    WHERE asked_path.form IS NOT NULL AND names_page(entry.scope, entry.path, asked_path.path)
)
SELECT
    row,
    list(address_id ORDER BY address_id) AS address_ids
FROM entry
ANTI JOIN own_word USING (row)
GROUP BY row;

-- What the entries that name a row say together: most rows are named by one, and many by the same.
CREATE TEMP TABLE named_by AS
SELECT
    address_ids,
    flatten(list(host_address.periods)) AS periods,
    min(host_address.unverified_at) AS unverified_at
FROM (
    SELECT address_ids, unnest(address_ids) AS address_id
    FROM (SELECT DISTINCT address_ids FROM named)
)
JOIN host_address USING (address_id)
GROUP BY address_ids;

CREATE TEMP TABLE relisted AS
SELECT
    *,
    base // 144 * 144
        + listing_number(listed, known, known_before_later_act, published_before, unverified)
        AS core
FROM (
    SELECT
        named.row,
        named.address_ids,
        asked_path.host_id,
        asked_path.state,
        fact.core AS base,
        fact.p_refusal,
        fact.n_refusal,
        list_concat(named_by.periods, by_host.periods) AS all_periods,
        received_in(all_periods, seen.lo) AS first_received,
        first_received IS NOT NULL AS listed,
        known_of(first_received, seen.lo, seen.hi) AS known,
        known_before_later_act_of(
            first_received, received_in(all_periods, getvariable('last_later_act'))
        ) AS known_before_later_act,
        published_before_of(published_in(all_periods, seen.lo), seen.lo) AS published_before,
        coalesce(named_by.unverified_at, by_host.unverified_at) IS NOT NULL AS unverified
    FROM named
    JOIN named_by USING (address_ids)
    JOIN asked_path USING (row)
    JOIN seen USING (row)
    LEFT JOIN answered USING (row)
    JOIN fact ON fact.fact_id = coalesce(answered.fact, asked_path.fact)
    LEFT JOIN host_entries AS by_host ON by_host.host_id = asked_path.host_id
);

CREATE TEMP TABLE shard_core AS
SELECT
    relisted.core,
    any_value(core.readable) AS readable,
    any_value(core.ai_timing) AS ai_timing,
    any_value(core.self_timing) AS self_timing,
    any_value(core.any_ai) AS any_ai,
    any_value(core.any_self) AS any_self,
    any_value(core.gate) AS gate,
    any_value(core.gate_basis) AS gate_basis,
    any_value(core.gate_later) AS gate_later,
    any_value(core.declared) AS declared,
    any_value(core.declared_basis) AS declared_basis,
    any_value(core.declared_later) AS declared_later,
    any_value(core.priced) AS priced,
    any_value(core.priced_basis) AS priced_basis,
    any_value(core.robots_unreachable) AS robots_unreachable,
    any_value(relisted.listed) AS listed,
    any_value(relisted.known) AS known,
    any_value(relisted.known_before_later_act) AS known_before_later_act,
    any_value(relisted.published_before) AS published_before,
    any_value(relisted.unverified) AS unverified
FROM (SELECT DISTINCT core, base, listed, known, known_before_later_act, published_before, unverified FROM relisted) AS relisted
JOIN core ON core.core = relisted.base
GROUP BY relisted.core;
