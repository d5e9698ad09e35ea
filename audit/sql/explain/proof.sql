-- What is kept of captures: the words that were read, the body, and where the octets stand?
-- Asked of a store.
SELECT
    capture.capture_id,
    capture.host,
    capture.captured_at,
    capture.body_sha256,
    capture.url,
    capture.method,
    capture.source,
    capture.lowercased,
    (
        SELECT list({
            'kind': kind, 'scope': scope, 'usage': usage, 'value': value, 'gate': gate,
            'quote': quote, 'finding': finding
        } ORDER BY kind, scope, usage, value, gate, quote)
        FROM signal
        WHERE signal.capture_id = capture.capture_id
    ) AS signals,
    (
        SELECT list({
            'kind': kind, 'scope': scope, 'usage': usage, 'value': value, 'gate': gate,
            'quote': quote, 'finding': finding
        } ORDER BY kind, scope, usage, value, gate, quote)
        FROM robots_signal
        WHERE robots_signal.body_sha256 = capture.body_sha256
            AND robots_signal.lowercased = capture.lowercased
            AND capture.probe = 'robots'
    ) AS robots_signals,
    (
        SELECT list({
            'hop': hop, 'kind': kind, 'file': file, 'offset': record_offset,
            'length': record_length, 'sha256': sha256
        } ORDER BY hop, kind)
        FROM evidence
        WHERE evidence.capture_id = capture.capture_id
    ) AS evidence,
    CASE WHEN capture.probe = 'robots' THEN body.bytes END AS body
FROM capture
LEFT JOIN body ON body.sha256 = capture.body_sha256
WHERE list_contains($captures, capture.capture_id);
