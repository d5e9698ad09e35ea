-- What did a host answer last, up to a moment: its robots.txt, and the page asked for?
SELECT
    capture.capture_id, capture.probe, capture.path, capture.captured_at, capture.outcome,
    capture.reason, capture.body_sha256, capture.lowercased, body.bytes,
    capture.status
FROM capture
LEFT JOIN body ON body.sha256 = capture.body_sha256
WHERE capture.host = $host
    AND capture.captured_at <= $until
    AND (capture.probe = 'robots' OR capture.path = $path)
QUALIFY row_number() OVER (
    PARTITION BY capture.probe
    ORDER BY capture.captured_at DESC, capture.capture_id DESC
) = 1;
