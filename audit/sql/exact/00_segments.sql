-- The time between two observations of a host of `act_host`: before the first it has no earlier
-- end, after the last no later one.
CREATE OR REPLACE TEMP TABLE segment AS
WITH seen AS (
    SELECT observation.*
    FROM observation
    JOIN act_host USING (host_id)
)
SELECT
    host_id,
    ordinal,
    seen_at AS t_from,
    coalesce(lead(seen_at) OVER (PARTITION BY host_id ORDER BY ordinal), TIMESTAMP 'infinity') AS t_to
FROM seen
UNION ALL
SELECT host_id, -1, TIMESTAMP '-infinity', min(seen_at)
FROM seen
GROUP BY host_id;

-- The same for pages.
CREATE OR REPLACE TEMP TABLE page_segment AS
WITH seen AS (
    SELECT page_observation.*
    FROM page_observation
    JOIN act_host USING (host_id)
)
SELECT
    host_id,
    path,
    ordinal,
    seen_at AS t_from,
    coalesce(lead(seen_at) OVER (PARTITION BY host_id, path ORDER BY ordinal), TIMESTAMP 'infinity') AS t_to
FROM seen
UNION ALL
SELECT host_id, path, -1, TIMESTAMP '-infinity', min(seen_at)
FROM seen
GROUP BY host_id, path;
