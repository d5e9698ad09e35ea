-- table: robots_rule
-- also:
-- Which rules does a group of a robots.txt give? Equal ones are kept once for all files.
SELECT
    min(place) AS place,
    ruleset AS key,
    json_object('rules', list_sort(list(said::VARCHAR))::JSON[], 'ruleset', ruleset)::VARCHAR AS said
FROM (
    SELECT
        rowid AS place,
        ruleset,
        json_array(line, allow, pattern, literal, like_form, specificity, folded) AS said
    FROM robots_rule
    WHERE rowid >= $sealed
)
GROUP BY ruleset
