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
)
SELECT DISTINCT
    names.host,
    entry.entry_id,
    entry.submission_id,
    submission.list_id,
    submission.received_at
FROM names
JOIN entry
    ON entry.host = names.parent
    AND names_host(entry.scope, names.parent, names.name)
JOIN submission USING (submission_id)
WHERE submission.status = 'accepted'
ORDER BY ALL
