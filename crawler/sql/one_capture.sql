-- What is recorded of one capture, what was read from it, and where do its octets stand?
-- A robots.txt tells what its body was compiled to; one that was not parsed told no rules.
WITH one AS (
    FROM capture
    WHERE capture_id = $capture_id
),
compiled AS (
    SELECT body_sha256, lowercased
    FROM one
    WHERE probe = 'robots' AND outcome = 'parsed'
),
said AS (
    SELECT
        kind, scope, path, usage, value, gate, strength, specific, offer, conditions, quote, finding
    FROM signal
    SEMI JOIN one USING (capture_id)
    UNION ALL
    SELECT
        kind, scope, path, usage, value, gate, strength, specific, offer, conditions, quote, finding
    FROM robots_signal
    SEMI JOIN compiled USING (body_sha256, lowercased)
)
SELECT
    one.* EXCLUDE (fingerprint),
    body.bytes AS body,
    (SELECT list({'token': token, 'class': class} ORDER BY token)
     FROM robots_group
     SEMI JOIN compiled USING (body_sha256, lowercased)) AS groups,
    (SELECT any_value(findings)
     FROM robots_body
     SEMI JOIN compiled USING (body_sha256, lowercased)) AS findings,
    (SELECT list(said ORDER BY kind, scope, path, usage, value, gate, quote) FROM said) AS signals,
    (
        SELECT list({
            'hop': hop, 'kind': kind, 'file': file, 'offset': record_offset,
            'length': record_length, 'sha256': sha256
        } ORDER BY hop, kind <> 'request', kind)
        FROM evidence
        WHERE capture_id = $capture_id
    ) AS evidence
FROM one
LEFT JOIN body ON body.sha256 = one.body_sha256;
