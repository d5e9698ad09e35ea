-- Which different addresses have to be read whole: those on a host that a target may name, and those
-- whose beginning could not be read? `place_of_host` has the beginnings, read.
CREATE TEMP TABLE near AS
WITH label AS (
    SELECT text, unnest(parents_of(host)) AS parent
    FROM place_of_host
    WHERE host IS NOT NULL
)
SELECT DISTINCT text
FROM label
JOIN (SELECT DISTINCT without_www(host) AS host FROM target) AS named
    ON named.host = without_www(label.parent)
UNION
SELECT text FROM place_of_host WHERE host IS NULL;

CREATE TEMP TABLE spelling AS
SELECT coalesce(url, '') AS text, count(*) AS row_count
FROM dated
WHERE beginning_of(url) IN (FROM near)
GROUP BY ALL;
