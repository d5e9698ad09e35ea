-- On how many of the rows compared did each rule fire before, does it fire now, did it come and go? And
-- on how many could it not be told before, can it not be told now, and is that new?
WITH spoken AS (
    SELECT
        unnest(list_distinct(flatten(
            [before_rules, after_rules, before_untold, after_untold]
        ))) AS rule_id,
        before_rules, after_rules, before_untold, after_untold, row_count
    FROM compared
),
told AS (
    SELECT
        rule_id,
        row_count,
        list_contains(before_rules, rule_id) AS was,
        list_contains(after_rules, rule_id) AS now,
        list_contains(before_untold, rule_id) AS untold_was,
        list_contains(after_untold, rule_id) AS untold_now
    FROM spoken
)
SELECT
    rule_id,
    coalesce(sum(row_count) FILTER (was), 0)::BIGINT AS before_count,
    coalesce(sum(row_count) FILTER (now), 0)::BIGINT AS after_count,
    coalesce(sum(row_count) FILTER (now AND NOT was), 0)::BIGINT AS came,
    coalesce(sum(row_count) FILTER (was AND NOT now), 0)::BIGINT AS went,
    coalesce(sum(row_count) FILTER (untold_was), 0)::BIGINT AS untold_before,
    coalesce(sum(row_count) FILTER (untold_now), 0)::BIGINT AS untold_after,
    coalesce(sum(row_count) FILTER (untold_now AND NOT untold_was), 0)::BIGINT AS untold_came,
    coalesce(sum(row_count) FILTER (untold_was AND NOT untold_now), 0)::BIGINT AS untold_went
FROM told
GROUP BY rule_id
ORDER BY rule_id;
