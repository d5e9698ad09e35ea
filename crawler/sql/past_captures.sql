-- What did a host answer at each of our visits: its robots.txt, and the page asked for?
SELECT
    capture.capture_id, capture.probe, capture.captured_at, capture.captured_at_basis,
    capture.outcome, capture.reason, capture.body_sha256, capture.lowercased, body.bytes,
    capture.status
FROM capture
LEFT JOIN body ON body.sha256 = capture.body_sha256
WHERE capture.host = $host
    AND capture.captured_at <= $until
    AND (capture.probe = 'robots' OR (capture.probe = 'page' AND capture.path = $path))
ORDER BY capture.captured_at, capture.capture_id;
