-- table: capture
-- also: signal, evidence
-- What was exchanged with a host, what was read from it, and by which octets is it shown? The store's
-- own number of a capture is no part of it, nor in which file the octets stand: merged into another
-- store it says the same.
WITH mine AS (
    SELECT rowid AS place, * FROM capture WHERE rowid >= $sealed
),
read AS (
    SELECT capture_id, list_sort(list(said::VARCHAR))::JSON[] AS signals
    FROM (
        SELECT
            capture_id,
            json_array(
                kind, scope, path, usage, value, gate, strength, specific, offer, conditions, quote,
                finding
            ) AS said
        FROM signal
        WHERE capture_id >= (SELECT min(capture_id) FROM mine)
    )
    GROUP BY capture_id
),
kept AS (
    SELECT capture_id, list_sort(list(said::VARCHAR))::JSON[] AS records
    FROM (
        SELECT capture_id, json_array(hop, kind, record_length, sha256) AS said
        FROM evidence
        WHERE capture_id >= (SELECT min(capture_id) FROM mine)
    )
    GROUP BY capture_id
)
SELECT
    mine.place,
    mine.fingerprint AS key,
    json_object(
        'body_sha256', body_sha256,
        'captured_at', epoch_us(captured_at),
        'captured_at_basis', captured_at_basis,
        'error', error,
        'evidence', coalesce(kept.records, []),
        'fingerprint', fingerprint,
        'headers', headers::VARCHAR,
        'hops', hops,
        'host', host,
        'lowercased', lowercased,
        'method', method,
        'outcome', outcome,
        'path', path,
        'probe', probe,
        'reason', reason,
        'run_id', run_id,
        'signals', coalesce(read.signals, []),
        'source', source,
        'status', status,
        'status_basis', status_basis,
        'truncated', truncated,
        'url', url
    )::VARCHAR AS said
FROM mine
LEFT JOIN read USING (capture_id)
LEFT JOIN kept USING (capture_id)
