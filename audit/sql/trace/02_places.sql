-- Which hosts that were met does a work mean, and which rows stand there?
CREATE OR REPLACE TEMP TABLE met AS
WITH every AS (
    SELECT DISTINCT authority FROM regular
    UNION
    SELECT DISTINCT authority FROM spelt WHERE authority IS NOT NULL
),
parent AS (
    SELECT authority, unnest(parents_of(name_of(authority))) AS name FROM every
)
SELECT
    work.work,
    parent.authority,
    CASE WHEN parent.name = name_of(parent.authority) THEN 'host' ELSE 'subdomain' END AS way,
    NULL::VARCHAR AS path
FROM parent
JOIN memory.work AS work ON work.kind = 'host' AND work.host = parent.name
UNION ALL
-- A host that is asked for with a port is that port only.
SELECT work.work, every.authority, 'host', NULL
FROM every
JOIN memory.work AS work ON work.kind = 'host' AND work.host = every.authority
WHERE contains(every.authority, ':')
UNION ALL
SELECT
    work.work,
    every.authority,
    CASE WHEN work.host = every.authority THEN 'address' ELSE 'www' END,
    work.path
FROM every
JOIN memory.work AS work
    ON work.kind = 'url' AND without_www(work.host) = without_www(every.authority);

CREATE OR REPLACE TEMP VIEW placed_row AS
SELECT regular.row_number, regular.authority, regular.path, '' AS copy
FROM regular
SEMI JOIN met USING (authority)
-- A regular address that shows a copy was spelt as well; it counts once.
UNION ALL
SELECT dated.row_number, spelt.authority, spelt.path, spelt.copy
FROM spelt
SEMI JOIN met USING (authority)
JOIN dated USING (url)
WHERE spelt.layer > 0 OR NOT spelt.is_regular;

INSERT INTO memory.found
SELECT DISTINCT
    met.work, getvariable('file')::INTEGER, dated.row_number, met.way, placed_row.copy,
    dated.lo, dated.hi
FROM placed_row
JOIN met USING (authority)
JOIN dated ON dated.row_number = placed_row.row_number
WHERE met.path IS NULL OR met.path = placed_row.path;
