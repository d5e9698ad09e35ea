-- Of how many exchanges that were there already does a source hold another reading?
WITH known AS (
    SELECT * FROM source_capture
    ANTI JOIN new_capture USING (store_number, capture_id)
),
theirs AS (
    SELECT
        store_number,
        capture_id,
        list_sort(list((kind, scope, usage, value, gate, offer, finding, path, conditions))) AS signals
    FROM source_signal
    SEMI JOIN known USING (store_number, capture_id)
    GROUP BY store_number, capture_id
),
ours AS (
    SELECT
        signal.capture_id,
        list_sort(list((kind, scope, usage, value, gate, offer, finding, signal.path, conditions))) AS signals
    FROM signal
    JOIN capture USING (capture_id)
    SEMI JOIN known USING (fingerprint)
    GROUP BY signal.capture_id
)
SELECT count(*)
FROM known AS their
JOIN capture AS our USING (fingerprint)
LEFT JOIN theirs ON theirs.store_number = their.store_number AND theirs.capture_id = their.capture_id
LEFT JOIN ours ON ours.capture_id = our.capture_id
WHERE (their.outcome, their.reason, their.truncated, their.headers::VARCHAR, theirs.signals)
    IS DISTINCT FROM (our.outcome, our.reason, our.truncated, our.headers::VARCHAR, ours.signals);
