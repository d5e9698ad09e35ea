-- What is told of a row of which nothing more is told?
CREATE OR REPLACE TEMP TABLE marked_fact (fact_id INTEGER, base INTEGER, access INTEGER, mark {marked});
CREATE OR REPLACE TEMP TABLE default_mark AS
SELECT {mark} AS mark
FROM (SELECT NULL::TIMESTAMP AS lo, NULL::TIMESTAMP AS hi, 0 AS row) AS m,
    (
        SELECT
            NULL::STRUCT(lo TIMESTAMP, hi TIMESTAMP)[] AS licences,
            licences AS datasets,
            licences AS apis,
            licences AS sales,
            licences AS reservations,
            NULL::BOOLEAN AS shared,
            NULL::BOOLEAN AS bulk
    ) AS terms,
    (SELECT NULL::TIMESTAMP AS decided_at, NULL::TIMESTAMP AS ended_at, FALSE AS disputed) AS entry,
    (SELECT NULL::BIGINT AS row) AS page_named;
