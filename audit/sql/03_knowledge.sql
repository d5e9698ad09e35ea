-- What does the store know of these hosts? Copied once, so that the store is free again at once.

-- Every answer to a request for robots.txt, in the order of time.
CREATE TEMP TABLE robots_answer AS
SELECT
    host.host_id,
    capture.capture_id,
    capture.captured_at AS seen_at,
    capture.outcome,
    capture.status,
    capture.body_sha256,
    capture.lowercased
FROM store.capture AS capture
JOIN host USING (host)
WHERE capture.probe = 'robots';

CREATE TEMP TABLE robots_group AS
SELECT * FROM store.robots_group
WHERE body_sha256 IN (SELECT body_sha256 FROM robots_answer);

CREATE TEMP TABLE robots_rule AS
SELECT * FROM store.robots_rule
WHERE ruleset IN (SELECT ruleset FROM robots_group WHERE class = 'by-path');

-- Every page that was seen, with what barred it and what it declared about training or mining. An
-- answer that shows neither a page nor a gate (an error, a challenge, a refusal by status) states
-- nothing of either.
CREATE TEMP TABLE page_answer AS
SELECT
    host.host_id,
    capture.path,
    capture.capture_id,
    capture.captured_at AS seen_at,
    capture.status,
    capture.body_sha256,
    coalesce(bool_or(signal.gate IN ('auth', 'login', 'registration', 'payment')), FALSE)
        AS gated,
    coalesce(
        bool_or(
            signal.gate = 'none'
            -- What is said to one agent only (agent:bingbot) is no word to all.
            AND NOT starts_with(signal.scope, 'agent:')
            AND signal.value IN ('deny', 'conditional')
            AND signal.usage IN ('train', 'train-genai', 'mine')
        ),
        FALSE
    ) AS declared
FROM store.capture AS capture
JOIN host USING (host)
LEFT JOIN store.signal AS signal USING (capture_id)
WHERE capture.probe = 'page' AND capture.error = ''
GROUP BY
    host.host_id, capture.path, capture.capture_id, capture.captured_at, capture.status,
    capture.body_sha256
HAVING gated OR (
    capture.status BETWEEN 200 AND 299
    AND NOT coalesce(bool_or(signal.gate <> 'none'), FALSE)
);

-- What lists name, and since when we knew. Of a list that is verified we knew since the same file
-- first came in, verified or not, and to whichever of the stores that were merged.
CREATE TEMP TABLE list_entry AS
WITH submission AS (
    SELECT * REPLACE (
        CASE WHEN status = 'accepted'
            THEN min(received_at) OVER (PARTITION BY list_id, file_sha256)
            ELSE received_at
        END AS received_at
    )
    FROM store.submission
)
SELECT
    entry.entry_id,
    entry.scope,
    entry.host,
    entry.port,
    entry.path,
    submission.list_id,
    submission.submitter,
    submission.role,
    submission.basis,
    submission.status,
    min(submission.received_at) AS received_at,
    min(submission.published_at) AS published_at
FROM store.entry AS entry
JOIN submission USING (submission_id)
GROUP BY ALL;
