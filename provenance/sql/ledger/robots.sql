-- table: robots_body
-- also: robots_group, robots_signal
-- What was read from a robots.txt: whom its groups speak to, by which rules, and what else it says?
WITH mine AS (
    SELECT rowid AS place, * FROM robots_body WHERE rowid >= $sealed
),
spoken AS (
    SELECT body_sha256, lowercased, list_sort(list(said::VARCHAR))::JSON[] AS groups
    FROM (
        SELECT body_sha256, lowercased, json_array(token, class, ruleset) AS said
        FROM robots_group
        SEMI JOIN mine USING (body_sha256, lowercased)
    )
    GROUP BY body_sha256, lowercased
),
beside AS (
    SELECT body_sha256, lowercased, list_sort(list(said::VARCHAR))::JSON[] AS signals
    FROM (
        SELECT
            body_sha256,
            lowercased,
            json_array(
                kind, scope, path, usage, value, gate, strength, specific, offer, conditions, quote,
                finding
            ) AS said
        FROM robots_signal
        SEMI JOIN mine USING (body_sha256, lowercased)
    )
    GROUP BY body_sha256, lowercased
)
SELECT
    mine.place,
    body_sha256 || CASE WHEN lowercased THEN ' lowercased' ELSE '' END AS key,
    json_object(
        'body_sha256', body_sha256,
        'findings', findings,
        'groups', coalesce(spoken.groups, []),
        'lowercased', lowercased,
        'reader', reader,
        'signals', coalesce(beside.signals, [])
    )::VARCHAR AS said
FROM mine
LEFT JOIN spoken USING (body_sha256, lowercased)
LEFT JOIN beside USING (body_sha256, lowercased)
