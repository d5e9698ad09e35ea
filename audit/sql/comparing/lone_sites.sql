-- Of which sites have files that are not the same the most rows at the gate or above, and how many
-- had they before?
SELECT
    site,
    coalesce(sum(row_count) FILTER (side = 'before' AND reaches), 0)::BIGINT AS before_count,
    coalesce(sum(row_count) FILTER (side = 'after' AND reaches), 0)::BIGINT AS after_count,
    coalesce(sum(row_count) FILTER (side = 'before'), 0)::BIGINT AS rows_before,
    coalesce(sum(row_count) FILTER (side = 'after'), 0)::BIGINT AS rows_after
FROM (SELECT *, list_contains(getvariable('reaching'), level) AS reaches FROM lone_row)
JOIN host_site USING (host)
GROUP BY site
HAVING before_count <> after_count
ORDER BY abs(after_count - before_count) DESC, site
LIMIT getvariable('shown');
