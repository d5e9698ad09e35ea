-- Which host, entries and facts do the numbers of one audit's rows stand for, and what was said of them?
-- Asked of: `pair` and `lone`, and the tables and the snapshot of that audit; {side} is before or after.
CREATE TEMP TABLE {side}_fact AS
SELECT
    shard,
    fact_id,
    level,
    rules,
    untold,
    coalesce(len(list_filter(rules, lambda rule: starts_with(rule, 'ILL-'))) > 0, FALSE) AS sealed,
    {facts} AS facts
FROM shard_facts;

CREATE TEMP TABLE {side}_answer AS
SELECT
    wanted.shard,
    wanted.state,
    wanted.fact,
    coalesce(wanted.fact, state.fact_id) AS fact_id,
    coalesce(host.host, shard_state.host) AS host,
    list_concat(coalesce(host_entries.entries, []), coalesce(shard_state.entries, [])) AS entries
FROM (
    SELECT {side}_shard AS shard, {side}_state AS state, {side}_fact AS fact FROM pair
    UNION
    SELECT shard, state, fact FROM lone WHERE side = '{side}'
) AS wanted
LEFT JOIN shard_states AS shard_state
    ON shard_state.shard = wanted.shard AND shard_state.state_id = wanted.state
LEFT JOIN state
    ON state.state_id = CASE WHEN wanted.state < 0 THEN shard_state.base ELSE wanted.state END
LEFT JOIN host ON host.host_id = state.host_id
LEFT JOIN host_entries ON host_entries.host_id = state.host_id;
