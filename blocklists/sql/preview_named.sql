-- Which of the manifest's addresses does each target name? (The macros stand in naming.sql.)
-- Hosts are compared once each; only where an entry is for an address are paths looked at.
CREATE TEMP TABLE counted AS
SELECT
    text AS url, placed.host, placed.port, placed.path, spelling.row_count
FROM placed
JOIN spelling USING (text);

CREATE TEMP TABLE named AS
WITH label AS (
    SELECT host, unnest(parents_of(host)) AS parent
    FROM (SELECT DISTINCT host FROM counted WHERE host IS NOT NULL)
),
by_host AS (
    SELECT label.host, target.entry_id
    FROM label
    JOIN target
        ON target.host = label.parent AND names_host(target.scope, label.parent, label.host)
)
SELECT by_host.entry_id, counted.url, counted.host, counted.row_count
FROM by_host
JOIN counted USING (host)
UNION
SELECT target.entry_id, counted.url, counted.host, counted.row_count
FROM counted
JOIN target
    ON without_www(target.host) = without_www(counted.host)
    AND target.port = counted.port
    AND names_page(target.scope, target.path, counted.path);

CREATE TEMP TABLE preview_reach AS
SELECT
    named.entry_id,
    any_value(CASE
        WHEN target.path = '' THEN target.host
        ELSE 'https://' || target.host || CASE WHEN target.port = '' THEN '' ELSE ':' || target.port END || target.path
    END) AS target,
    sum(named.row_count)::BIGINT AS row_count,
    count(DISTINCT named.host) AS hosts,
    min(named.url, 5) AS samples
FROM named
JOIN target USING (entry_id)
GROUP BY named.entry_id;

-- All rows; those that any entry names, by address or by digest; those whose address cannot be read.
CREATE TEMP TABLE preview_total AS
SELECT
    (SELECT coalesce(sum(row_count), 0)::BIGINT FROM beginning),
    coalesce(sum(row_count) FILTER (url IN (SELECT url FROM named)), 0)::BIGINT
        + (SELECT count(DISTINCT row_number) FROM digest_row WHERE url NOT IN (SELECT url FROM named)),
    coalesce(sum(row_count) FILTER (host IS NULL), 0)::BIGINT
FROM counted;
