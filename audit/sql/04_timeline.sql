-- Which observation came last before a moment, and which first after it? (Table A)

-- Answers that state something: rules, or that there are none. Unreachable and unreadable ones are
-- no states. Of two answers of the same moment the one with more groups that refuse comes last, so
-- that it is the one in force: the order in which they were recorded decides nothing.
CREATE TEMP TABLE observation AS
SELECT
    host_id,
    (row_number() OVER (
        PARTITION BY host_id
        ORDER BY seen_at, coalesce(refusing.group_count, 0), body_sha256, lowercased
    ) - 1)::INTEGER AS ordinal,
    seen_at,
    capture_id,
    CASE WHEN outcome = 'parsed' THEN body_sha256 || lowercased ELSE 'absent' END AS policy
FROM robots_answer
LEFT JOIN (
    SELECT body_sha256, lowercased, count(*) AS group_count
    FROM robots_group
    WHERE class <> 'allow-all'
    GROUP BY body_sha256, lowercased
) AS refusing USING (body_sha256, lowercased)
WHERE outcome IN ('parsed', 'unavailable');

-- The time between two observations of a host: before the first it has no earlier end, after the
-- last no later one.
CREATE TEMP TABLE segment AS
SELECT
    host_id,
    ordinal,
    seen_at AS t_from,
    coalesce(lead(seen_at) OVER (PARTITION BY host_id ORDER BY ordinal), TIMESTAMP 'infinity') AS t_to
FROM observation
UNION ALL
SELECT host_id, -1, TIMESTAMP '-infinity', min(seen_at)
FROM observation
GROUP BY host_id;

-- The same for pages, each a subject of its own.
CREATE TEMP TABLE page_observation AS
SELECT
    *,
    (row_number() OVER (PARTITION BY host_id, path ORDER BY seen_at, capture_id) - 1)::INTEGER
        AS ordinal
FROM page_answer;

CREATE TEMP TABLE page_segment AS
SELECT
    host_id,
    path,
    ordinal,
    seen_at AS t_from,
    coalesce(lead(seen_at) OVER (PARTITION BY host_id, path ORDER BY ordinal), TIMESTAMP 'infinity') AS t_to
FROM page_observation
UNION ALL
SELECT host_id, path, -1, TIMESTAMP '-infinity', min(seen_at)
FROM page_observation
GROUP BY host_id, path;
