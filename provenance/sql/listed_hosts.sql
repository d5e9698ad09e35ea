-- Which of the hosts in `asked` does an entry name that counts at `moment`, and which entry?
-- The macros stand in naming.sql, the periods in listing_periods.sql; an audit asks the same of its
-- hosts. Entries for single addresses are not counted here: they say nothing about the host.
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
    period.entry_id,
    period.submission_id,
    period.list_id,
    period.received_at
FROM names
JOIN entry
    ON entry.host = names.parent
    AND names_host(entry.scope, names.parent, names.name)
JOIN listing_period AS period USING (entry_id)
WHERE counts_at(period.counts, period.received_at, period.ended_at, getvariable('moment'))
ORDER BY ALL
