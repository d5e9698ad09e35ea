-- Which of the hosts in `asked` stand on an accepted list, and by which entry?
-- The macros stand in naming.sql; an audit asks the same of its hosts.
-- Entries for single addresses are not counted here: they say nothing about the host.
WITH labels AS (
    SELECT
        host,
        regexp_replace(host, ':[0-9]+$', '') AS name
    FROM asked
),
names AS (
    SELECT
        host,
        name,
        unnest(parents_of(name)) AS parent
    FROM labels
),
-- Known since the same file first came in, verified or not, to whichever store was merged.
noticed AS (
    SELECT * REPLACE (min(received_at) OVER (PARTITION BY list_id, file_sha256) AS received_at)
    FROM submission
)
SELECT DISTINCT
    names.host,
    entry.entry_id,
    entry.submission_id,
    noticed.list_id,
    noticed.received_at
FROM names
JOIN entry
    ON entry.host = names.parent
    AND names_host(entry.scope, names.parent, names.name)
JOIN noticed USING (submission_id)
WHERE noticed.status = 'accepted'
ORDER BY ALL
