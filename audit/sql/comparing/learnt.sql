-- Of which of the hosts that changed does only one of the audits know an observation, which of them does
-- an entry name that only one of them knows, or knows otherwise, and which entries are that?
-- Asked of the snapshots known_before and known_after.
CREATE TEMP VIEW before_seen AS
SELECT host.host, '/robots.txt' AS path, seen_at, status, outcome, body_sha256
FROM known_before.robots_answer
JOIN known_before.host AS host USING (host_id)
SEMI JOIN changed ON changed.host = host.host
UNION ALL
SELECT host.host, path, seen_at, status, NULL, body_sha256
FROM known_before.page_answer
JOIN known_before.host AS host USING (host_id)
SEMI JOIN changed ON changed.host = host.host;

CREATE TEMP VIEW after_seen AS
SELECT host.host, '/robots.txt' AS path, seen_at, status, outcome, body_sha256
FROM known_after.robots_answer
JOIN known_after.host AS host USING (host_id)
SEMI JOIN changed ON changed.host = host.host
UNION ALL
SELECT host.host, path, seen_at, status, NULL, body_sha256
FROM known_after.page_answer
JOIN known_after.host AS host USING (host_id)
SEMI JOIN changed ON changed.host = host.host;

CREATE TEMP TABLE entry_changed AS
SELECT DISTINCT entry_id, scope, host
FROM (
    (FROM known_after.list_entry EXCEPT FROM known_before.list_entry)
    UNION ALL
    (FROM known_before.list_entry EXCEPT FROM known_after.list_entry)
);

INSERT INTO entry_learnt
SELECT entry_id FROM entry_changed
UNION
SELECT entry_id
FROM (
    (FROM known_after.digest_entry EXCEPT FROM known_before.digest_entry)
    UNION ALL
    (FROM known_before.digest_entry EXCEPT FROM known_after.digest_entry)
);

INSERT INTO observed
SELECT DISTINCT host
FROM (
    (FROM after_seen EXCEPT FROM before_seen)
    UNION ALL
    (FROM before_seen EXCEPT FROM after_seen)
);

INSERT INTO noticed
WITH named AS (
    SELECT DISTINCT host, regexp_replace(host, ':[0-9]+$', '') AS name
    FROM changed
    WHERE host IS NOT NULL
)
SELECT labels.host
FROM (SELECT host, unnest(parents_of(name)) AS parent FROM named) AS labels
JOIN entry_changed AS entry ON entry.host = labels.parent
UNION
SELECT named.host
FROM named
JOIN entry_changed AS entry ON without_www(named.name) = without_www(entry.host)
WHERE entry.scope IN ('url', 'url_prefix');
