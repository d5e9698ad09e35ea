-- What was seen of a host, of one path of it and of its front page, and when?
-- Asked of a snapshot. Parameters: host, path (empty: not known).
SELECT
    'robots' AS kind, capture_id, seen_at, '/robots.txt' AS path, status, outcome,
    body_sha256, lowercased, NULL::BOOLEAN AS gated, NULL::BOOLEAN AS declared
FROM robots_answer
JOIN host USING (host_id)
WHERE host.host = $host
UNION ALL
SELECT
    CASE WHEN starts_with(path, 'site:') THEN 'file' ELSE 'page' END,
    capture_id,
    seen_at,
    regexp_replace(path, '^site:', ''),
    status,
    NULL,
    body_sha256,
    FALSE,
    gated,
    declared
FROM page_answer
JOIN host USING (host_id)
WHERE host.host = $host AND (starts_with(path, 'site:') OR path IN ('/', $path) OR list_contains($also, capture_id))
ORDER BY seen_at, capture_id;
