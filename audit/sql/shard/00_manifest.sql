-- What are the rows, and when was each collected?
-- A row without a date of its own takes the interval that is declared for the collection, if one
-- is. A date that cannot be read is no date: it is counted, and nothing stands in for it.
CREATE TEMP VIEW own_access AS
SELECT
    * EXCLUDE (has_date)
    REPLACE (
        CASE WHEN has_date THEN lo ELSE getvariable('collection_lo') END AS lo,
        CASE WHEN has_date THEN hi ELSE getvariable('collection_hi') END AS hi
    ),
    has_date AND lo IS NULL AS date_unreadable
FROM dated;

CREATE TEMP VIEW manifest AS FROM own_access;
