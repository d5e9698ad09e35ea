-- Which hosts does the manifest name, and how many rows does each have?
-- `odd` holds what the canonicaliser made of the URLs that are not regular.
CREATE TEMP TABLE host AS
SELECT
    (row_number() OVER () - 1)::INTEGER AS host_id,
    host,
    regexp_replace(host, ':[0-9]+$', '') AS name,
    row_count
FROM (
    SELECT host, sum(row_count)::BIGINT AS row_count
    FROM (
        SELECT authority AS host, count(*) AS row_count
        FROM split
        WHERE regular
        GROUP BY authority
        UNION ALL
        SELECT odd.host, count(*)
        FROM split
        JOIN odd USING (url)
        WHERE NOT split.regular AND odd.host IS NOT NULL
        GROUP BY odd.host
    )
    GROUP BY host
    ORDER BY host
);
