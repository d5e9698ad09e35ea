-- Which other acts accessed the source of every row? Each is judged as a row of its own, until the
-- worst of them is kept (10_worst.sql): row r is at r * accesses, and its other acts follow it.
CREATE OR REPLACE TEMP VIEW manifest AS
SELECT * REPLACE (row * getvariable('accesses') AS row)
FROM own_access
UNION ALL
SELECT
    own_access.* REPLACE (
        row * getvariable('accesses') + access.access_no AS row,
        access.lo AS lo,
        access.hi AS hi,
        FALSE AS date_unreadable
    )
FROM own_access
CROSS JOIN access;
