-- Under which keyed digests are names and pages listed, and what of? Digests of files are left out.
SELECT keyed, scope, min(kind)
FROM sealed_entry
JOIN sealed_list USING (list_id)
WHERE scope NOT IN ('hash', 'pages')
GROUP BY keyed, scope
