-- Each host once, in the order of its first mention, with the paths of all its mentions.
-- Lists are put together for those hosts only that are mentioned twice: it takes memory.
CREATE TEMP TABLE first_mention AS
SELECT min(mention) AS mention, count(*) AS mentions
FROM mentioned
WHERE ours
GROUP BY host;

CREATE TEMP TABLE again AS
SELECT first.mention, mentioned.host
FROM mentioned
JOIN first_mention AS first USING (mention)
WHERE mentions > 1;

CREATE TABLE planned AS
WITH path_once AS (
    SELECT host, path, min((mention, nth)) AS first
    FROM (
        SELECT host, mention, unnest(paths) AS path, generate_subscripts(paths, 1) AS nth
        FROM mentioned
        SEMI JOIN again USING (host)
    )
    GROUP BY host, path
),
joined AS (
    SELECT again.mention, list(path ORDER BY first) AS paths
    FROM path_once
    JOIN again USING (host)
    GROUP BY again.mention
)
SELECT
    row_number() OVER (ORDER BY mention) - 1 AS place,
    mentioned.host,
    mentioned.schemes,
    coalesce(joined.paths, mentioned.paths)[1:getvariable('most_paths')] AS paths
FROM mentioned
SEMI JOIN first_mention USING (mention)
LEFT JOIN joined USING (mention)
ORDER BY place;
