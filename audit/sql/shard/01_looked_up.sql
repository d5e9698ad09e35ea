-- In which state does each row find its host? Most rows are settled here by one look-up: the host as
-- it stands in the URL is a host we know, nothing that is known of it changes around the row's act,
-- and no rule, list or page hangs on its path. What else a row needs is told by `aside`, in bits:
-- 1 rules may hang on its path, 2 it has to be judged as an act of its own, 4 its host is not known as
-- it is spelt, 8 its host has its states on leaves, 16 its date cannot be read, 32 its own page may
-- have been seen or listed.
CREATE TEMP TABLE seen AS
WITH split AS (
    SELECT
        row, url, lo, hi, date_unreadable,
        -- Moments are compared by whole seconds, and a row in the second of one is set aside.
        second_of(lo) AS s,
        second_of(hi) AS e,
        split_part(url, '/', 3) AS authority
    FROM manifest
),
found AS (
    SELECT
        split.*, place.*,
        -- The first four characters of the path.
        CASE WHEN mask <> 0 OR traits <> 0 OR own_mask <> 0
            THEN substr(url, 8 + starts_with(url, 'https://')::INTEGER + strlen(authority)::INTEGER, 4)
        END AS start,
        hash(start) & 63 AS bucket,
        {before} AS before,
        {reached} AS reached,
        {steps} AS steps
    FROM split
    LEFT JOIN place
        ON place.host = authority AND (starts_with(url, 'https://') OR starts_with(url, 'http://'))
)
SELECT
    row::INTEGER AS row,
    state_0 + CASE WHEN s IS NULL THEN 0 ELSE 1 + before END AS state,
    CASE WHEN s IS NULL THEN fact_0 ELSE fact_1 + steps END AS fact,
    host_id,
    CASE
        WHEN host_id IS NULL THEN 4
        ELSE
            CASE
                WHEN mask = 0 AND traits = 0 THEN 0
                WHEN (mask >> bucket) & 1 = 1 THEN 1
                WHEN (traits >> start_bit(start[:2])) & 1 = 1 THEN 1
                WHEN (traits >> end_bit(right(url, 4))) & 1 = 1 THEN 1
                WHEN traits <> 0 AND contains(url, '#') THEN 1
                WHEN traits <> 0
                    AND NOT regexp_full_match(right(url, 4), '[A-Za-z0-9/_.~!$&()*+,;=:@?-]*')
                    THEN 1
                WHEN (traits >> 48) & 1 = 1 AND contains(url, '?') THEN 1
                WHEN (traits >> 49) & 1 = 1 AND contains(url, '$') THEN 1
                WHEN (traits >> 50) & 1 = 1 AND contains(url, '&') THEN 1
                WHEN (traits >> 51) & 1 = 1 AND contains(url, '=') THEN 1
                WHEN (traits >> 52) & 1 = 1 AND contains(url, '~') THEN 1
                WHEN (traits >> 53) & 1 = 1 AND contains(url, '@') THEN 1
                WHEN (traits >> 54) & 1 = 1 AND strlen(url) <> length(url) THEN 1
                WHEN (traits >> 55) & 1 = 1 AND contains(url, '[') THEN 1
                WHEN (traits >> 56) & 1 = 1 AND contains(substr(url, 9), '//') THEN 1
                WHEN (traits >> 57) & 1 = 1 THEN 1
                WHEN spelt_otherwise(url, start) THEN 1
                ELSE 0
            END
            + CASE
                WHEN start = '/rob' THEN 32
                WHEN own_mask = 0 THEN 0
                WHEN (own_mask >> bucket) & 1 = 1 OR spelt_otherwise(url, start) THEN 32
                ELSE 0
            END
            + CASE
                WHEN kind = 2 OR s IS NULL AND fact_0 IS NULL THEN 2
                WHEN s IS NOT NULL AND before <> reached THEN 2
                WHEN s IS NOT NULL AND kind = 1 THEN 8
                ELSE 0
            END
    END::UTINYINT + CASE WHEN date_unreadable THEN 16 ELSE 0 END::UTINYINT AS aside,
    CASE WHEN aside & 47 > 0 THEN lo END AS lo,
    CASE WHEN aside & 47 > 0 THEN hi END AS hi,
    CASE WHEN aside & 39 > 0 THEN url END AS url,
    CASE WHEN aside & 39 > 0 THEN question_id END AS question_id,
    (s // 86400)::USMALLINT AS day      -- since 1970, on which collection began
FROM found;
