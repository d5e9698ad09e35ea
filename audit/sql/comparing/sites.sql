-- Of which sites did the most rows change, in which ways, and which rules came or went there?
SELECT
    site,
    coalesce(sum(row_count) FILTER (way = 'riskier'), 0)::BIGINT AS riskier,
    coalesce(sum(row_count) FILTER (way = 'untold'), 0)::BIGINT AS untold,
    coalesce(sum(row_count) FILTER (way = 'cured'), 0)::BIGINT AS cured,
    coalesce(sum(row_count) FILTER (way = 'told'), 0)::BIGINT AS told,
    coalesce(sum(row_count) FILTER (way = 'other'), 0)::BIGINT AS other,
    list_sort(list_distinct(flatten(list(list_concat(
        list_filter(after_rules, lambda rule: NOT list_contains(before_rules, rule)),
        list_filter(before_rules, lambda rule: NOT list_contains(after_rules, rule))
    ))))) AS rules,
    count(*) OVER () AS sites
FROM explained
JOIN host_site USING (host)
GROUP BY site
ORDER BY riskier DESC, sum(row_count) DESC, site
LIMIT getvariable('shown');
