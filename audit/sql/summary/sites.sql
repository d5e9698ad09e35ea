-- Which sites have the most rows at medium or above? Asked of `risky` and `host_site`.
WITH first AS (
    SELECT
        host_site.site,
        CASE WHEN count(DISTINCT risky.host) = 1 THEN min(risky.host) ELSE '' END AS host,
        count(DISTINCT risky.host) AS hosts,
        sum(risky.row_count)::BIGINT AS row_count
    FROM risky
    JOIN host_site USING (host)
    GROUP BY host_site.site
    ORDER BY row_count DESC, host_site.site
    LIMIT 20
)
SELECT
    first.site,
    first.host,
    first.hosts,
    first.row_count,
    arg_max(risky.level, list_position(getvariable('levels'), risky.level)) AS level,
    list_sort(list_distinct(flatten(list(risky.rules)))) AS rules
FROM first
JOIN host_site USING (site)
JOIN risky ON risky.host = host_site.host
GROUP BY first.site, first.host, first.hosts, first.row_count
ORDER BY first.row_count DESC, first.site;
