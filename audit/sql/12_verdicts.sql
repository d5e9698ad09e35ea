-- The verdict of each row, in the order of the manifest.
CREATE TEMP VIEW verdict AS
SELECT
    row_fact.row_number AS row,
    outcome.level,
    outcome.confidence,
    outcome.rules,
    outcome.untold,
    CASE
        WHEN facts.robots_ai IS NULL THEN 'unknown'
        WHEN NOT facts.robots_ai THEN 'not_refused'
        WHEN facts.robots_ai_basis IN ('bracketed_wide', 'changed_between', 'carried_stale', 'inside_window')
            THEN 'possibly_refused'
        ELSE 'refused'
    END AS robots,
    facts.robots_ai_basis AS basis,
    fact.fact_id AS fact,
    row_fact.p_refusal AS refused_before,
    row_fact.n_refusal AS refused_after,
    list_filter(
        [row_fact.p_capture, row_fact.n_capture, row_fact.p_page, row_fact.n_page],
        lambda id: id IS NOT NULL
    ) AS captures,
    list_concat(by_host.entries, by_row.entries) AS entries
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
JOIN facts ON facts.fact_id = fact.fact_id
JOIN outcome ON outcome.fact_id = fact.fact_id
LEFT JOIN listed_host_sum AS by_host ON by_host.host_id = row_fact.host_id
LEFT JOIN listed_row_sum AS by_row ON by_row.row_number = row_fact.row_number
ORDER BY row_fact.row_number;
