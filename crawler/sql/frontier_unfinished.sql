-- Which crawl has not come to its end, and how far did it come?
-- The one begun last; of the same command, where one is named.
WITH planned AS (
    SELECT run_id, count(*) AS hosts FROM frontier GROUP BY run_id
),
ended AS (
    SELECT run_id, count(*) AS hosts FROM visited GROUP BY run_id
)
SELECT run.run_id, run.started_at, run.settings, planned.hosts, coalesce(ended.hosts, 0)
FROM run
JOIN planned USING (run_id)
LEFT JOIN ended USING (run_id)
WHERE run.kind = 'crawl'
    AND coalesce(ended.hosts, 0) < planned.hosts
    AND ($command = '' OR run.settings->>'command' = $command)
ORDER BY run.started_at DESC, run.run_id DESC
LIMIT 1;
