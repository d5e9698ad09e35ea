-- Rows of hosts whose states stand on leaves: the same look-up once more. What it finds is the row's
-- state, or that something changes around its act.
CREATE TEMP TABLE on_leaf AS
SELECT
    seen.row,
    leaf.state_1 + {before} AS state,
    leaf.fact_1 + {steps} AS fact,
    {before} <> {reached} AS changes
FROM (
    SELECT row, fact, second_of(lo) AS s, second_of(hi) AS e
    FROM seen
    WHERE aside & 8 > 0
) AS seen
JOIN leaf ON leaf.leaf_id = seen.fact;
