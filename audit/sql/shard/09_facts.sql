-- How many rows have which facts on which host, and how many of these had odd addresses? Rows that were judged as acts of their own have
-- states below zero.
CREATE TEMP TABLE tally AS
WITH every AS (
    SELECT host_id, fact, state < 0 AS by_act, count(*) AS row_count
    FROM judged
    GROUP BY ALL
),
odd AS (
    SELECT host_id, fact, state < 0 AS by_act, count(*) AS row_count
    FROM judged
    WHERE row IN (SELECT row FROM aside ANTI JOIN spelling USING (row))
    GROUP BY ALL
)
SELECT every.*, coalesce(odd.row_count, 0) AS odd_urls
FROM every
LEFT JOIN odd
    ON odd.host_id IS NOT DISTINCT FROM every.host_id
    AND odd.fact = every.fact
    AND odd.by_act = every.by_act;

-- Of each set of facts, three rows to look at.
CREATE TEMP TABLE sample AS
SELECT fact, min(row, 3) AS first_rows
FROM judged
GROUP BY fact;

-- The facts that rules may speak of (docs/rules.md), of those that were met.
CREATE TEMP TABLE facts AS
WITH used AS (
    SELECT fact_id, core, p_refusal, n_refusal
    FROM fact
    WHERE fact_id IN (SELECT fact FROM sample)
    UNION ALL
    FROM shard_fact
)
SELECT
    used.fact_id,
    core.readable,
    getvariable('purpose') AS purpose,
    getvariable('agent_known') AS agent_known,
    getvariable('copies') AS copies,
    state_of(ai_timing, before.ai, after.ai, any_ai) AS robots_ai,
    basis_of(ai_timing, before.ai, after.ai) AS robots_ai_basis,
    state_of(self_timing, before.self, after.self, any_self) AS robots_self,
    basis_of(self_timing, before.self, after.self) AS robots_self_basis,
    ai_timing = 'after'
        AND (after.ai OR (getvariable('agent_known') AND coalesce(after.self, FALSE)))
        AS robots_later,
    core.robots_unreachable,
    core.gate,
    core.gate_basis,
    core.gate_later,
    core.declared,
    core.declared_basis,
    core.declared_later,
    core.listed,
    core.known,
    core.known_before_later_act,
    core.published_before,
    core.unverified,
    -- What stands beside the row's own address (audit/sql/beside/).
    CASE WHEN beside.fact_id IS NULL THEN FALSE ELSE beside.copy_listed END AS copy_listed,
    beside.copy_known,
    coalesce(beside.sealed, 'no') AS sealed,
    before.agents AS refused_before,
    after.agents AS refused_after
FROM used
JOIN (
    FROM core
    UNION
    SELECT core, TRUE, * EXCLUDE (core) FROM core_facts
    UNION
    FROM shard_core
) AS core USING (core)
LEFT JOIN beside_fact AS beside ON beside.fact_id = used.fact_id
LEFT JOIN act_refusal AS before ON before.refusal_id = used.p_refusal
LEFT JOIN act_refusal AS after ON after.refusal_id = used.n_refusal;
