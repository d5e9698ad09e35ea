-- Which of the pages in `asked` does an accepted entry for an address name?
-- The same host but for one leading www., the same port, and the path, by the macros of naming.sql.
SELECT DISTINCT asked.host, asked.path
FROM asked
JOIN entry
    ON without_www(regexp_replace(asked.host, ':[0-9]+$', '')) = without_www(entry.host)
    AND coalesce(regexp_extract(asked.host, ':([0-9]+)$', 1), '') = entry.port
    AND names_page(entry.scope, entry.path, asked.path)
JOIN submission USING (submission_id)
WHERE submission.status = 'accepted'
ORDER BY ALL
