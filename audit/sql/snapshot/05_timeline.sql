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

-- The path and the query of an address as it is written, without the fragment.
CREATE OR REPLACE TEMP MACRO path_at(place) AS coalesce(
    nullif(regexp_extract(place, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*([^#]*)', 1), ''), '/'
);

-- The same for pages, and files that speak for a site, each a subject of its own. A file counts where
-- it has declared or priced anything at any time: one that never did changes nothing.
DELETE FROM page_observation WHERE host_id IN (FROM changed_host);
-- Where terms are named that nobody read, what is said reserves nothing by itself and may by them: that
-- cannot be told. Those of another host are not read in this one's name (docs/signals.md). Those of its own
-- have to have been read, or missed, when they were named: an earlier or a later look tells nothing of then.
INSERT INTO page_observation
WITH said AS (
    SELECT host_id, path, capture_id, seen_at, gated, declared, priced, terms
    FROM page_answer
    JOIN changed_host USING (host_id)
    UNION ALL
    SELECT
        host_id, 'site:/robots.txt', capture_id, seen_at, FALSE,
        CASE WHEN said.body_sha256 IS NULL THEN FALSE ELSE said.declared END,
        CASE WHEN said.body_sha256 IS NULL THEN FALSE ELSE said.priced END,
        said.terms
    FROM robots_answer
    JOIN changed_host USING (host_id)
    LEFT JOIN robots_declaration AS said USING (body_sha256, lowercased)
    WHERE outcome IN ('parsed', 'unavailable')
),
named AS (
    SELECT DISTINCT host_id, seen_at, unnest(terms) AS place
    FROM said
),
unread AS (
    SELECT own.host_id, own.seen_at, list(own.place) AS places
    FROM (
        SELECT
            host_id, seen_at, place, 'site:' || path_at(place) AS path,
            lower(split_part(place, '/', 3)) = host.host AS here
        FROM named
        JOIN host USING (host_id)
    ) AS own
    ANTI JOIN page_answer AS seen
        ON own.here
        AND seen.is_terms
        AND seen.host_id = own.host_id
        AND seen.path = own.path
        AND seen.seen_at BETWEEN own.seen_at - getvariable('fresh') AND own.seen_at + getvariable('fresh')
    GROUP BY own.host_id, own.seen_at
),
answer AS (
    SELECT
        said.* EXCLUDE (terms)
        REPLACE (
            CASE
                WHEN NOT declared AND list_has_any(terms, unread.places) THEN NULL
                ELSE declared
            END AS declared
        )
    FROM said
    LEFT JOIN unread USING (host_id, seen_at)
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
