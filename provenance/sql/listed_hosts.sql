-- Which of the hosts in `asked` stand on an accepted list, and by which entry?
-- A host stands on a list when an entry names it (host) or one of its parents or itself (domain).
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
        unnest(list_transform(
            range(1, len(string_split(name, '.')) + 1),
            lambda k: array_to_string(string_split(name, '.')[k:], '.')
        )) AS parent
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
    AND (entry.scope = 'domain' OR (entry.scope = 'host' AND names.parent = names.name))
JOIN submission USING (submission_id)
WHERE submission.status = 'accepted'
ORDER BY ALL
