-- What is said of each row, in the order of the rows?
SELECT
    level, confidence, rules, untold, robots, basis, host,
    coalesce(refused_before, []) AS refused_before,
    coalesce(captures, []) AS captures,
    entries
FROM verdict
ORDER BY row;
