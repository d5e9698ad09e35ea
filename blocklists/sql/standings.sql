-- In what state is each entry of a list, or of every list (an empty name)?
-- Made of entry_state and entry_step (listing_periods.sql).
WITH told AS (
    SELECT
        list_id,
        entry_id,
        min(eff) FILTER (what = 'received') AS received_at,
        first(file_sha256 ORDER BY eff) FILTER (what = 'received') AS first_file,
        bool_or(what = 'withdrawn' AND reason = 'error') AS struck,
        bool_or(what IN ('accepted', 'relisted')) AS accepted,
        bool_or(what IN ('withdrawn', 'expired', 'superseded', 'rejected')) AS ended
    FROM entry_step
    GROUP BY list_id, entry_id
),
announced AS (
    SELECT list_id, entry_id, max(eff) AS expires_at
    FROM entry_step
    WHERE what = 'expired'
    GROUP BY list_id, entry_id
),
target AS (
    SELECT entry_id, any_value(scope) AS scope, any_value(host) AS host, any_value(port) AS port,
        any_value(path) AS path
    FROM entry
    GROUP BY entry_id
    UNION ALL
    -- A digest is told by its algorithm, never by itself: such lists are restricted.
    SELECT entry_id, 'hash', '', '', any_value(algorithm)
    FROM digest_entry
    GROUP BY entry_id
)
SELECT
    state.list_id,
    state.entry_id,
    target.scope,
    target.host,
    target.port,
    target.path,
    state.list_id IN (
        SELECT list_id FROM entry_event WHERE entry_id = '' AND reason = 'restricted'
    ) AS restricted,
    state.state,
    state.reason,
    state.since,
    told.received_at,
    list_version.submitter,
    state.file_sha256,
    -- Of one held back when it was listed again, the receipt of that version.
    CASE WHEN state.state = 'quarantined' AND told.ended THEN state.since ELSE told.received_at END
        AS came_at,
    told.struck,
    told.accepted,
    CASE WHEN state.state <> 'expired' AND announced.expires_at > state.since
        THEN announced.expires_at
    END AS expires_at
FROM entry_state AS state
JOIN target USING (entry_id)
JOIN told ON told.list_id = state.list_id AND told.entry_id = state.entry_id
JOIN list_version
    ON list_version.list_id = state.list_id AND list_version.file_sha256 = told.first_file
LEFT JOIN announced ON announced.list_id = state.list_id AND announced.entry_id = state.entry_id
WHERE ? = '' OR state.list_id = ?
ORDER BY target.host, target.path, target.scope, state.list_id
