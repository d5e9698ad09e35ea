-- The facts that rules may speak of (docs/rules.md), of those that were met.
CREATE TEMP TABLE facts AS
WITH every AS (
    SELECT fact_id, core, p_refusal, n_refusal
    FROM fact
    WHERE fact_id IN (SELECT fact FROM sample UNION ALL SELECT base FROM marked_fact)
    UNION ALL
    FROM shard_fact
),
used AS (
    SELECT
        *, fact_id AS base, NULL AS mark, NULL::INTEGER AS access, NULL::VARCHAR AS agent
    FROM every
    UNION ALL
    SELECT
        marked_fact.fact_id, core, p_refusal, n_refusal, marked_fact.base, mark, marked_fact.access,
        agent_of(marked_fact.access)
    FROM every
    JOIN marked_fact ON marked_fact.base = every.fact_id
)
SELECT
    used.fact_id,
    core.readable,
    used.access,
    {declared},
    unnest(coalesce(used.mark, default_mark.mark)),
    state_of(ai_timing, before.ai, after.ai, any_ai) AS robots_ai,
    basis_of(ai_timing, before.ai, after.ai) AS robots_ai_basis,
    state_of(self_timing, before_self, after_self, any_self) AS robots_self,
    basis_of(self_timing, before_self, after_self) AS robots_self_basis,
    ai_timing = 'after'
        AND (after.ai OR (agent_known AND coalesce(after_self, FALSE)))
        AS robots_later,
    core.robots_unreachable,
    core.gate,
    core.gate_basis,
    core.gate_later,
    core.declared,
    core.declared_basis,
    core.declared_later,
    core.priced,
    core.priced_basis,
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
CROSS JOIN default_mark
LEFT JOIN beside_fact AS beside ON beside.fact_id = used.base
LEFT JOIN act_refusal AS before ON before.refusal_id = used.p_refusal
LEFT JOIN act_refusal AS after ON after.refusal_id = used.n_refusal
CROSS JOIN LATERAL (
    SELECT
        self_of(before.self, before.agents, used.agent) AS before_self,
        self_of(after.self, after.agents, used.agent) AS after_self
) AS own;
