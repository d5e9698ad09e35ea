-- Which observation came last before a moment, and which first after it? (Table A)
-- Answers that state something: rules, or that there are none. Unreachable and unreadable ones are
-- no states. Of two answers of the same moment the one with more groups that refuse comes last, so
-- that it is the one in force: the order in which they were recorded decides nothing.
DELETE FROM observation WHERE host_id IN (FROM changed_host);
INSERT INTO observation
SELECT
    answer.host_id,
    (row_number() OVER (
        PARTITION BY answer.host_id
        ORDER BY answer.seen_at, refusing, body_sha256, lowercased, capture_id
    ) - 1)::INTEGER,
    answer.seen_at,
    answer.capture_id,
    answer.policy_id
FROM (
    SELECT
        answer.host_id, answer.seen_at, answer.capture_id, policy.policy_id, policy.refusing,
        policy.body_sha256, policy.lowercased
    FROM robots_answer AS answer
    JOIN changed_host USING (host_id)
    JOIN policy USING (body_sha256, lowercased)
    WHERE answer.outcome = 'parsed'
    UNION ALL
    SELECT answer.host_id, answer.seen_at, answer.capture_id, 0, 0, NULL, FALSE
    FROM robots_answer AS answer
    JOIN changed_host USING (host_id)
    WHERE answer.outcome = 'unavailable'
) AS answer;

DELETE FROM unreachable WHERE host_id IN (FROM changed_host);
INSERT INTO unreachable
SELECT failure.host_id, failure.seen_at, failure.capture_id, max(observed.seen_at)
FROM robots_answer AS failure
JOIN changed_host USING (host_id)
LEFT JOIN observation AS observed
    ON observed.host_id = failure.host_id AND observed.seen_at <= failure.seen_at
WHERE failure.outcome = 'unreachable'
GROUP BY ALL;

-- The same for pages, and files that speak for a site, each a subject of its own. A file counts where
-- it has declared or priced anything at any time: one that never did changes nothing.
DELETE FROM page_observation WHERE host_id IN (FROM changed_host);
INSERT INTO page_observation
WITH answer AS (
    SELECT host_id, path, capture_id, seen_at, gated, declared, priced
    FROM page_answer
    JOIN changed_host USING (host_id)
    UNION ALL
    SELECT
        host_id, 'site:/robots.txt', capture_id, seen_at, FALSE,
        CASE
            WHEN said.body_sha256 IS NULL THEN FALSE
            WHEN NOT said.declared AND len(list_filter(said.terms_hosts, lambda one: one <> host.host)) > 0
                THEN NULL
            ELSE said.declared
        END,
        CASE WHEN said.body_sha256 IS NULL THEN FALSE ELSE said.priced END
    FROM robots_answer
    JOIN changed_host USING (host_id)
    JOIN host USING (host_id)
    LEFT JOIN robots_declaration AS said USING (body_sha256, lowercased)
    WHERE outcome IN ('parsed', 'unavailable')
)
SELECT
    host_id, path, capture_id, seen_at, gated, declared, priced,
    (row_number() OVER (PARTITION BY host_id, path ORDER BY seen_at, capture_id) - 1)::INTEGER
FROM answer
QUALIFY NOT starts_with(path, 'site:')
    OR NOT bool_and(declared IS NOT DISTINCT FROM FALSE AND priced IS NOT DISTINCT FROM FALSE)
        OVER (PARTITION BY host_id, path);

DELETE FROM state WHERE host_id IN (FROM changed_host);
DELETE FROM host_entries WHERE host_id IN (FROM changed_host);
DELETE FROM host_list WHERE host_id IN (FROM changed_host);
DELETE FROM host_seen WHERE host_id IN (FROM changed_host);
INSERT INTO host_seen
SELECT
    host_id,
    count(*) FILTER (robots),
    count(*) FILTER (NOT robots),
    min(seen_at) FILTER (robots),
    max(seen_at) FILTER (robots)
FROM (
    SELECT host_id, seen_at, TRUE AS robots FROM robots_answer
    UNION ALL
    SELECT host_id, seen_at, FALSE FROM page_answer WHERE NOT starts_with(path, 'site:')
)
JOIN changed_host USING (host_id)
GROUP BY host_id;
