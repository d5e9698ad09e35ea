-- What is recorded of one capture, what was read from it, and where do its octets stand?
SELECT
    capture.* EXCLUDE (fingerprint),
    body.bytes AS body,
    (
        SELECT list({
            'kind': kind, 'scope': scope, 'usage': usage, 'value': value, 'gate': gate,
            'offer': offer, 'quote': quote, 'finding': finding
        } ORDER BY kind, scope, usage, value, gate)
        FROM signal
        WHERE signal.capture_id = capture.capture_id
    ) AS signals,
    (
        SELECT list({
            'hop': hop, 'kind': kind, 'file': file, 'offset': record_offset,
            'length': record_length, 'sha256': sha256
        } ORDER BY hop, kind)
        FROM evidence
        WHERE evidence.capture_id = capture.capture_id
    ) AS evidence
FROM capture
LEFT JOIN body ON body.sha256 = capture.body_sha256
WHERE capture.capture_id = $capture_id;
