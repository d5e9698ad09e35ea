-- Which of the pages in `asked` does an entry for an address name that counts at `moment`?
-- The same host but for one leading www., the same port, and the path, by the macros of naming.sql.
SELECT DISTINCT asked.host, asked.path
FROM asked
JOIN entry
    ON without_www(regexp_replace(asked.host, ':[0-9]+$', '')) = without_www(entry.host)
    AND coalesce(regexp_extract(asked.host, ':([0-9]+)$', 1), '') = entry.port
    AND names_page(entry.scope, entry.path, asked.path)
JOIN listing_period AS period USING (entry_id)
WHERE counts_at(period.counts, period.received_at, period.ended_at, getvariable('moment'))
ORDER BY ALL
