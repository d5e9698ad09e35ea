-- How many rows and hosts does each digest name? `digest_placed` has the hosts of odd addresses.
CREATE TEMP TABLE digest_reach AS
WITH found AS (
    SELECT
        digest_row.entry_id,
        digest_row.url,
        any_value(coalesce(odd.host, plain.host)) AS host,
        count(*) AS row_count
    FROM digest_row
    LEFT JOIN digest_placed AS odd ON odd.text = digest_row.url AND digest_row.beginning = ''
    LEFT JOIN place_of_host AS plain
        ON plain.text = digest_row.beginning AND digest_row.beginning <> ''
    GROUP BY digest_row.entry_id, digest_row.url
)
SELECT
    entry_id,
    any_value(algorithm) || ' digest ' || entry_id[:12] AS target,
    sum(row_count)::BIGINT AS row_count,
    count(DISTINCT host) AS hosts,
    min(url, 5) AS samples
FROM found
JOIN (SELECT DISTINCT entry_id, algorithm FROM digest_key) USING (entry_id)
GROUP BY entry_id;
