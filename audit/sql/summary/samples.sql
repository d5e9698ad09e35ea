-- Three rows of each rule that fires, to look at: of the highest level first.
WITH first AS (
    SELECT
        fired.rule_id,
        unnest(arg_max(
            judged.row,
            list_position(getvariable('levels'), fired.level) * 1e15 - judged.row,
            3
        )) AS row
    FROM judged
    JOIN fired ON fired.fact_id = judged.fact
    WHERE fired.fires
    GROUP BY fired.rule_id
)
SELECT
    first.rule_id, judged.row, coalesce(manifest.url, '') AS url, judged.level, judged.confidence, judged.robots,
    judged.basis, list_transform(judged.captures, lambda one: one.id) AS captures, judged.entries
FROM first
JOIN judged ON judged.row = first.row
JOIN manifest ON manifest.row_number = first.row
ORDER BY first.rule_id, judged.row;
