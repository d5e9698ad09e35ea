-- The verdict of each row, in the order of the manifest.
CREATE TEMP VIEW verdict AS
SELECT
    numbered.row_number AS row,
    outcome.level,
    outcome.confidence,
    outcome.rules,
    outcome.untold,
    outcome.unobserved,
    CASE
        WHEN facts.robots_ai IS NULL THEN 'unknown'
        WHEN NOT facts.robots_ai THEN 'not_refused'
        WHEN only_possible(facts.robots_ai_basis) THEN 'possibly_refused'
        ELSE 'refused'
    END AS robots,
    facts.robots_ai_basis AS basis,
    numbered.fact_id AS fact,
    numbered.host_id,
    numbered.p_refusal AS refused_before,
    numbered.n_refusal AS refused_after,
    list_concat(
        list_filter(
            [
                {'role': 'robots_before', 'id': numbered.p_capture},
                {'role': 'robots_after', 'id': numbered.n_capture}
            ],
            lambda capture: capture.id IS NOT NULL
        ),
        numbered.more_captures
    ) AS captures,
    list_concat(by_host.entries, by_row.entries) AS entries
FROM numbered
JOIN facts USING (fact_id)
JOIN outcome USING (fact_id)
LEFT JOIN listed_host_sum AS by_host USING (host_id)
LEFT JOIN listed_row_sum AS by_row ON by_row.row_number = numbered.row_number
ORDER BY numbered.row_number;
