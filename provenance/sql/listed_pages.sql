-- Which of the pages in `asked` does an accepted entry for an address name?
-- The same host but for one leading www., the same port, and the path: itself (url), or what lies
-- below it at a boundary (url_prefix).
SELECT DISTINCT asked.host, asked.path
FROM asked
JOIN entry
    ON regexp_replace(regexp_replace(asked.host, ':[0-9]+$', ''), '^www\.', '')
        = regexp_replace(entry.host, '^www\.', '')
    AND coalesce(regexp_extract(asked.host, ':([0-9]+)$', 1), '') = entry.port
    AND CASE entry.scope
        WHEN 'url' THEN asked.path = entry.path
        WHEN 'url_prefix' THEN starts_with(asked.path, entry.path) AND (
            entry.path[-1] = '/'
            OR length(asked.path) = length(entry.path)
            OR asked.path[length(entry.path) + 1] IN ('/', '?')
        )
        ELSE FALSE
    END
JOIN submission USING (submission_id)
WHERE submission.status = 'accepted'
ORDER BY ALL
