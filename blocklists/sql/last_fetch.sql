-- What came of the last look at a source that did not fail?
SELECT fetched_at, outcome, file_sha256, etag, last_modified, detail
FROM list_fetch
WHERE list_id = ? AND source = ? AND outcome <> 'failed'
ORDER BY fetched_at DESC
LIMIT 1
