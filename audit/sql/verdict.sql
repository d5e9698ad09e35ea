-- The verdict of each row, with all that its numbers stand for.
-- Asked of: `row_verdict` (shard, row, state, fact: NULL is that of the state), `shard_facts` and `shard_states` (with a column
-- shard), and the snapshot.
CREATE OR REPLACE TEMP VIEW verdict AS
SELECT
    said.row,
    facts.level,
    facts.confidence,
    facts.rules,
    facts.untold,
    facts.unobserved,
    robots_answer(facts.robots_ai, facts.robots_ai_basis) AS robots,
    facts.robots_ai_basis AS basis,
    said.shard,
    facts.fact_id AS fact,
    said.state,
    coalesce(host.host, shard_state.host) AS host,
    facts.refused_before,
    facts.refused_after,
    list_concat(
        list_filter(
            [
                {
                    'role': 'robots_before',
                    'id': coalesce(state.p_capture, shard_state.p_capture)
                },
                {
                    'role': 'robots_after',
                    'id': coalesce(state.n_capture, shard_state.n_capture)
                }
            ],
            lambda capture: capture.id IS NOT NULL
        ),
        coalesce(state.more_captures, shard_state.more_captures)
    ) AS captures,
    list_concat(coalesce(host_entries.entries, []), coalesce(shard_state.entries, [])) AS entries
FROM row_verdict AS said
LEFT JOIN shard_states AS shard_state
    ON shard_state.shard = said.shard AND shard_state.state_id = said.state
LEFT JOIN state
    ON state.state_id = CASE WHEN said.state < 0 THEN shard_state.base ELSE said.state END
JOIN shard_facts AS facts
    ON facts.shard = said.shard AND facts.fact_id = coalesce(said.fact, state.fact_id)
LEFT JOIN host ON host.host_id = state.host_id
LEFT JOIN host_entries ON host_entries.host_id = state.host_id;
