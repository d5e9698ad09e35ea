-- What does the store know of these hosts? Copied once, so that the store is free again at once.

-- Every answer to a request for robots.txt, in the order of time.
CREATE TEMP TABLE robots_answer AS
SELECT
    host.host_id,
    capture.capture_id,
    capture.captured_at AS seen_at,
    capture.outcome,
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

-- Every page that was seen, with what barred it and what it declared about training or mining.
CREATE TEMP TABLE page_answer AS
SELECT
    host.host_id,
    capture.path,
    capture.capture_id,
    capture.captured_at AS seen_at,
    coalesce(bool_or(signal.gate IN ('auth', 'login', 'registration', 'payment', 'paywall')), FALSE)
        AS gated,
    coalesce(
        bool_or(
            signal.gate = 'none'
            -- What is said to one agent only (agent:bingbot) is no word to all.
            AND NOT starts_with(signal.level, 'agent:')
            AND signal.value IN ('deny', 'conditional')
            AND signal.usage IN ('train', 'train-genai', 'mine')
        ),
        FALSE
    ) AS declared
FROM store.capture AS capture
JOIN host USING (host)
LEFT JOIN store.signal AS signal USING (capture_id)
-- An error of the server or of the network shows neither a gate nor its absence.
WHERE capture.probe = 'page' AND capture.error = '' AND capture.status < 500 AND capture.status <> 429
GROUP BY ALL;

CREATE TEMP TABLE list_entry AS
SELECT
    entry.entry_id,
    entry.scope,
    entry.host,
    entry.port,
    entry.path,
    submission.list_id,
    submission.submitter,
    submission.status,
    min(submission.received_at) AS received_at,
    min(submission.published_at) AS published_at
FROM store.entry AS entry
JOIN store.submission AS submission USING (submission_id)
GROUP BY ALL;
