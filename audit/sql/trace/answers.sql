-- What was found of each work? A row that is found in several ways counts once, in the first of them.
CREATE OR REPLACE TEMP TABLE first_found AS
SELECT *
FROM memory.found
QUALIFY row_number() OVER (
    PARTITION BY work, file, row
    ORDER BY
        copy <> '',
        list_position(['digest', 'creator', 'address', 'www', 'host', 'subdomain'], way),
        copy
) = 1;

CREATE OR REPLACE TEMP TABLE answer AS
SELECT
    work.work,
    count(first_found.work) AS row_count,
    count(first_found.work) FILTER (first_found.lo IS NULL) AS undated,
    min(first_found.lo) AS first_at,
    max(first_found.hi) AS last_at
FROM memory.work AS work
LEFT JOIN first_found USING (work)
GROUP BY work.work
ORDER BY work.work;
