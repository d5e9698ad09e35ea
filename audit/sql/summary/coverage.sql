-- How much of the manifest could be looked at at all?
SELECT
    count(*) AS row_count,
    count(*) FILTER (NOT facts.readable) AS unreadable_urls,
    count(*) FILTER (robots IN ('refused', 'not_refused')) AS robots_known,
    count(*) FILTER (robots = 'possibly_refused') AS robots_possible,
    count(*) FILTER (refused_before IS NOT NULL) AS observed_before,
    count(*) FILTER (facts.gate IS NOT NULL) AS pages_known,
    count(*) FILTER (facts.listed) AS listed
FROM judged
JOIN facts ON facts.fact_id = judged.fact;
