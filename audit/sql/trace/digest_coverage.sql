-- Of which algorithms are the digests of one file, and how many rows have none that can be read?
SELECT
    count(*) FILTER (algorithm IS NULL) AS no_digest,
    coalesce(list(DISTINCT algorithm ORDER BY algorithm) FILTER (algorithm IS NOT NULL), [])
        AS algorithms
FROM (SELECT algorithm_of(bare_digest(digest)) AS algorithm FROM dated);
