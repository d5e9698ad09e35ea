-- What did this run see last of one robots.txt?
SELECT captured_at, outcome, body.bytes, error
FROM capture
LEFT JOIN body ON body.sha256 = capture.body_sha256
WHERE run_id = $run_id AND url = $url AND probe = 'robots'
ORDER BY captured_at DESC, capture_id DESC
LIMIT 1;
