-- What stands behind the numbers of captures and entries? It is looked up once for each state, since
-- rows of one state have the same evidence.
CREATE OR REPLACE TEMP VIEW capture AS
SELECT
    capture_id, host, 'robots' AS probe, '/robots.txt' AS path, seen_at, status, outcome,
    body_sha256
FROM robots_answer
JOIN host USING (host_id)
UNION ALL
SELECT
    capture_id,
    host,
    CASE WHEN starts_with(path, 'site:') THEN 'file' ELSE 'page' END,
    regexp_replace(path, '^site:', ''),
    seen_at,
    status,
    NULL,
    body_sha256
FROM page_answer
JOIN host USING (host_id);

CREATE OR REPLACE TEMP TABLE evidence AS
SELECT shard, state, captures, entries
FROM verdict
SEMI JOIN (SELECT min(row) AS row FROM row_verdict GROUP BY shard, state) AS met USING (row);

CREATE OR REPLACE TEMP TABLE capture_told AS
SELECT
    said.shard,
    said.state,
    list(
        {
            'role': said.one.role, 'id': said.one.id, 'host': capture.host,
            'probe': capture.probe, 'path': capture.path, 'seen_at': capture.seen_at,
            'status': capture.status, 'outcome': capture.outcome,
            'body_sha256': capture.body_sha256
        }
        ORDER BY said.nth
    ) AS captures
FROM (
    SELECT shard, state, unnest(captures) AS one, generate_subscripts(captures, 1) AS nth
    FROM evidence
) AS said
JOIN capture ON capture.capture_id = said.one.id
GROUP BY said.shard, said.state;

CREATE OR REPLACE TEMP TABLE entry_told AS
SELECT
    said.shard,
    said.state,
    list(
        {
            'entry_id': entry.entry_id,
            'through': nullif(said.through, ''), 'scope': entry.scope, 'host': entry.host,
            'path': entry.path, 'list_id': entry.list_id, 'submitter': entry.submitter,
            'role': entry.role, 'basis': entry.basis, 'status': entry.status,
            'received_at': entry.received_at, 'published_at': entry.published_at
        }
        ORDER BY said.nth, entry.list_id, entry.status
    ) AS entries
FROM (
    -- What names an address that the row shows a copy of says so before a colon.
    SELECT shard, state, regexp_replace(one, '^[a-z]+:', '') AS entry_id, regexp_extract(one, '^([a-z]+):', 1) AS through, nth
    FROM (
        SELECT shard, state, unnest(entries) AS one, generate_subscripts(entries, 1) AS nth
        FROM evidence
    )
) AS said
JOIN named_entry AS entry USING (entry_id)
GROUP BY said.shard, said.state;

CREATE OR REPLACE TEMP VIEW detailed AS
SELECT exported.* REPLACE (
    coalesce(capture_told.captures, []) AS captures,
    coalesce(entry_told.entries, []) AS entries
)
FROM exported
LEFT JOIN capture_told ON capture_told.shard = exported.shard AND capture_told.state = exported.state
LEFT JOIN entry_told ON entry_told.shard = exported.shard AND entry_told.state = exported.state;
