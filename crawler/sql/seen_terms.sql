-- At which paths of a host were files of RSL terms seen, or seen to be missing, in a span of time? What came
-- in the place of terms (a front page, a wall) is none.
SELECT DISTINCT capture.path
FROM capture
LEFT JOIN signal
    ON signal.capture_id = capture.capture_id AND signal.kind = 'rsl' AND signal.finding <> 'soft-404'
WHERE capture.host = $host
    AND capture.captured_at BETWEEN $from AND $until
    AND capture.probe = 'file'
    AND capture.error = ''
    AND (capture.status IN (404, 410) OR (capture.status BETWEEN 200 AND 299 AND signal.kind IS NOT NULL));
