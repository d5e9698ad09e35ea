-- How much of the manifest could be looked at at all?
SELECT
    count(*) AS row_count,
    count(*) FILTER (judged.host_id IS NULL) AS unreadable_urls,
    count(*) FILTER (robots <> 'unknown') AS robots_known,
    count(*) FILTER (refused_before IS NOT NULL) AS observed_before,
    count(*) FILTER (facts.gate_basis NOT IN ('never_observed', 'after_only', 'no_collection_date'))
        AS pages_known,
    count(*) FILTER (len(entries) > 0) AS listed
FROM judged
JOIN facts ON facts.fact_id = judged.fact;
