-- What did the files in which a host speaks to machines say last, up to a moment? A page that stands
-- in the place of one says nothing.
WITH last_capture AS (
    SELECT capture_id
    FROM capture
    WHERE host = $host AND captured_at <= $until AND probe = 'file'
    QUALIFY row_number() OVER (
        PARTITION BY path
        ORDER BY captured_at DESC, capture_id DESC
    ) = 1
)
SELECT
    kind, usage, value, gate, offer, quote, scope, coalesce(path, ''), finding,
    coalesce(conditions, '')
FROM signal
JOIN last_capture USING (capture_id)
WHERE finding <> 'soft-404'
ORDER BY ALL;
