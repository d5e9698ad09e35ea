-- Which entries does a version of a list name, and what is each? A version that says only what changed
-- names what the last whole one before it does, with all changes since; of these, what nobody accepted
-- is no part.
WITH version AS (
    SELECT
        version,
        submission_id,
        file_sha256,
        version = $version OR status = 'accepted' AS stood,
        file_sha256 IN (
            SELECT file_sha256
            FROM entry_event
            WHERE list_id = $list_id AND entry_id = '' AND reason = 'delta'
        ) AS is_delta
    FROM submission
    WHERE list_id = $list_id AND version <= $version
),
used AS (
    SELECT *
    FROM version
    WHERE version = $version
        OR (
            (SELECT bool_or(is_delta) FROM version WHERE version = $version)
            AND stood
            AND version >= (
                SELECT coalesce(max(version), 0) FROM version WHERE stood AND NOT is_delta
            )
        )
),
said AS (
    SELECT
        entry.entry_id,
        used.version,
        TRUE AS named,
        CASE
            WHEN $list_id IN (
                SELECT list_id FROM entry_event WHERE entry_id = '' AND reason = 'restricted'
            ) THEN 'restricted ' || entry.entry_id[:12]
            WHEN entry.path = '' THEN entry.host
            ELSE 'https://' || entry.host
                || CASE WHEN entry.port = '' THEN '' ELSE ':' || entry.port END || entry.path
        END AS target
    FROM used
    JOIN entry USING (submission_id)
    UNION ALL
    SELECT entry_id, used.version, TRUE, algorithm || ' digest ' || entry_id[:12]
    FROM used
    JOIN digest_entry USING (submission_id)
    UNION ALL
    SELECT event.entry_id, used.version, FALSE, NULL
    FROM used
    JOIN entry_event AS event
        ON event.list_id = $list_id
        AND event.file_sha256 = used.file_sha256
        AND event.what = 'withdrawn'
    WHERE used.is_delta
)
SELECT entry_id, any_value(target)
FROM said
GROUP BY entry_id
HAVING arg_max(named, version)
