-- The sets of rules that the store does not have yet; two parts may bring the same one.
WITH part_of AS (
    SELECT c0, min(part) AS part
    FROM incoming
    ANTI JOIN robots_rule ON ruleset = c0
    GROUP BY c0
)
INSERT INTO robots_rule
SELECT c0, c1, c2, c3, c4, c5, c6, c7
FROM incoming
JOIN part_of USING (c0, part);
