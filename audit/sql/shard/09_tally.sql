-- How many rows have which facts on which host, and how many of these had odd addresses? Rows that were judged as acts of their own have
-- states below zero.
CREATE OR REPLACE TEMP TABLE tally AS
WITH every AS (
    SELECT host_id, fact, state < 0 AS by_act, count(*) AS row_count
    FROM judged
    GROUP BY ALL
),
odd AS (
    SELECT host_id, fact, state < 0 AS by_act, count(*) AS row_count
    FROM judged
    WHERE row IN (SELECT row // getvariable('accesses') FROM aside ANTI JOIN spelling USING (row))
    GROUP BY ALL
)
SELECT every.*, coalesce(odd.row_count, 0) AS odd_urls
FROM every
LEFT JOIN odd
    ON odd.host_id IS NOT DISTINCT FROM every.host_id
    AND odd.fact = every.fact
    AND odd.by_act = every.by_act;

-- Of each set of facts, three rows to look at.
CREATE OR REPLACE TEMP TABLE sample AS
SELECT fact, min(row, 3) AS first_rows
FROM judged
GROUP BY fact;
