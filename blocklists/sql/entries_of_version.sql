-- Which entries does a version of a list hold, and what does each name?
SELECT
    entry.entry_id,
    any_value(CASE
        WHEN entry.path = '' THEN entry.host
        ELSE 'https://' || entry.host || CASE WHEN entry.port = '' THEN '' ELSE ':' || entry.port END || entry.path
    END)
FROM submission
JOIN entry USING (submission_id)
WHERE submission.list_id = $list_id AND submission.version = $version
GROUP BY entry.entry_id
UNION ALL
SELECT digest_entry.entry_id, any_value(algorithm) || ' digest ' || digest_entry.entry_id[:12]
FROM submission
JOIN digest_entry USING (submission_id)
WHERE submission.list_id = $list_id AND submission.version = $version
GROUP BY digest_entry.entry_id
