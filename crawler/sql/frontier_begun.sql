-- What was already observed at hosts whose visit has not ended?
SELECT
    host, url, probe, captured_at, outcome, body.bytes, capture.error,
    (
        SELECT list(DISTINCT gate) FROM signal
        WHERE signal.capture_id = capture.capture_id AND gate <> 'none'
    ) AS gates
FROM capture
LEFT JOIN body ON body.sha256 = capture.body_sha256 AND capture.probe <> 'page'
ANTI JOIN (SELECT host FROM visited WHERE run_id = $run_id) AS ended USING (host)
WHERE run_id = $run_id
ORDER BY captured_at, capture_id;
