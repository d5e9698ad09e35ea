-- What is recorded of one capture, and what was read from it?
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
    ) AS signals
FROM capture
LEFT JOIN body ON body.sha256 = capture.body_sha256
WHERE capture.capture_id = $capture_id;
