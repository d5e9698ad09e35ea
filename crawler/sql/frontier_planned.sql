-- Each host once, in the order of its first mention, with the paths of all its mentions.
CREATE TABLE planned AS
WITH first_mention AS (
    SELECT host, min(mention) AS first, arg_min(schemes, mention) AS schemes
    FROM mentioned
    WHERE ours
    GROUP BY host
),
path_once AS (
    SELECT host, path, min((mention, nth)) AS first
    FROM (
        SELECT host, mention, unnest(paths) AS path, generate_subscripts(paths, 1) AS nth
        FROM mentioned
        WHERE ours
    )
    GROUP BY host, path
),
path_list AS (
    SELECT host, list(path ORDER BY first) AS paths FROM path_once GROUP BY host
)
SELECT
    row_number() OVER (ORDER BY first) - 1 AS place,
    host,
    schemes,
    paths[1:getvariable('most_paths')] AS paths
FROM first_mention
JOIN path_list USING (host)
ORDER BY place;
