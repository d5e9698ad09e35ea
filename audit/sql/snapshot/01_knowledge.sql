-- What is new in the store, and of which hosts?
CREATE TEMP VIEW new_capture AS
SELECT *
FROM store.capture
WHERE capture_id > getvariable('last_capture');

INSERT INTO host
SELECT
    ((SELECT coalesce(max(host_id), -1) FROM host) + row_number() OVER (ORDER BY host))::INTEGER,
    host,
    regexp_replace(host, ':[0-9]+$', '')
FROM (
    SELECT host FROM new_capture
    UNION
    SELECT CASE WHEN port = '' THEN host ELSE host || ':' || port END FROM store.entry
) AS named
ANTI JOIN host USING (host);

INSERT INTO robots_answer
SELECT host_id, capture_id, captured_at, outcome, status, body_sha256, lowercased
FROM new_capture
JOIN host USING (host)
WHERE probe = 'robots';

-- What is said against training or mining. What is said to one agent only (agent:bingbot) is no word
-- to all, and a licence with conditions (CC BY) is no reservation. `everywhere`: to every path of a
-- site, not only to some.
CREATE TEMP MACRO reserves(kind, scope, usage, value, gate) AS
    gate = 'none'
    AND (NOT starts_with(scope, 'agent:') OR scope = 'agent:*')
    AND usage IN ('train', 'train-genai', 'mine')
    AND (value = 'deny' OR (value = 'conditional' AND kind NOT IN ('license-link', 'structured-data')));

-- What might reserve, and could not be read: a file in UTF-16, a picture that ends early, terms that are
-- no XML. It is no silence. A front page in the place of a file (soft-404) is no file.
CREATE TEMP MACRO unread(kind, finding) AS
    kind IN (
        'aipref', 'content-signal', 'rsl', 'tdmrep', 'tdmrep-media', 'ai-txt', 'trust-txt',
        'plus-data-mining', 'c2pa-training-mining'
    )
    AND (
        finding IN (
            'undecodable', 'over-limit', 'too-complex', 'not-an-array', 'not-well-formed',
            'entity-rejected', 'c2pa-not-read', 'c2pa-remote-not-read', 'c2pa-invalid'
        )
        OR starts_with(finding, 'xmp-')
        OR starts_with(finding, 'epub-')
    );

-- The address of terms that a site or a page names for everybody (05_timeline.sql).
CREATE TEMP MACRO terms_at(kind, scope, usage, offer) AS CASE
    WHEN kind = 'rsl' AND usage = 'licence'
        AND (NOT starts_with(scope, 'agent:') OR scope = 'agent:*')
        THEN coalesce(offer, '')
END;

-- At what price, or on which terms, use is offered by machine: a crawl for a price (402), a licence
-- that asks for more than a name (RSL), a policy on which mining is granted (TDMRep). NULL: a licence
-- is named, and what it asks for stands elsewhere.
CREATE TEMP MACRO paid(conditions) AS len(list_filter(
    string_split(coalesce(conditions, ''), '; '),
    lambda one: starts_with(one, 'server=') OR (
        starts_with(one, 'payment=')
        AND one NOT IN ('payment=attribution', 'payment=contribution')
    )
)) > 0;

CREATE TEMP MACRO sells(kind, scope, usage, value, offer, conditions) AS CASE
    WHEN kind IS NULL OR (starts_with(scope, 'agent:') AND scope <> 'agent:*') THEN FALSE
    WHEN kind = 'access-gate' THEN value = 'conditional'
    WHEN kind = 'rsl' AND usage = 'licence' THEN NULL
    WHEN usage NOT IN ('train', 'train-genai', 'mine') THEN FALSE
    WHEN kind = 'rsl'
        THEN (value = 'conditional' AND paid(conditions)) OR (value = 'deny' AND offer <> '')
    ELSE kind IN ('tdmrep', 'tdmrep-media', 'ai-txt') AND value = 'conditional' AND offer <> ''
END;

-- Whether one of several is the case; NULL where that hangs on one that cannot tell.
CREATE TEMP MACRO any_of(answers) AS CASE
    WHEN list_contains(answers, TRUE) THEN TRUE
    WHEN list_contains(list_transform(answers, lambda one: one IS NULL), TRUE) THEN NULL
    ELSE FALSE
END;

CREATE TEMP MACRO everywhere(pattern) AS coalesce(pattern, '') IN ('', '/', '*', '/*');

-- Every page that was seen, with what barred it and what it declared about training or mining. An
-- answer that shows neither a page nor a gate (an error, a challenge, a refusal by status) states
-- nothing of either. Whether a page that some visits are let to see bars a crawler, cannot be told.
INSERT INTO page_answer
SELECT
    host.host_id,
    capture.path,
    capture.capture_id,
    capture.captured_at,
    capture.status,
    capture.body_sha256,
    CASE
        WHEN bool_or(signal.gate IN ('auth', 'login', 'registration', 'payment', 'paywall')) THEN TRUE
        WHEN bool_or(signal.gate = 'metered') THEN NULL
        ELSE FALSE
    END AS gated,
    CASE
        WHEN bool_or(reserves(signal.kind, signal.scope, signal.usage, signal.value, signal.gate)) THEN TRUE
        WHEN bool_or(unread(signal.kind, signal.finding)) THEN NULL
        ELSE FALSE
    END,
    any_of(list(sells(
        signal.kind, signal.scope, signal.usage, signal.value, signal.offer, signal.conditions
    ))),
    list_distinct(list(terms_at(signal.kind, signal.scope, signal.usage, signal.offer))),
    FALSE
FROM new_capture AS capture
JOIN host USING (host)
LEFT JOIN store.signal AS signal USING (capture_id)
WHERE capture.probe = 'page' AND capture.error = ''
GROUP BY
    host.host_id, capture.path, capture.capture_id, capture.captured_at, capture.status,
    capture.body_sha256
HAVING gated OR (
    capture.status BETWEEN 200 AND 299
    AND NOT coalesce(bool_or(signal.gate NOT IN ('none', 'metered')), FALSE)
);

-- Files that speak for the whole site. One that is not there declares nothing; one that speaks of
-- some paths only leaves open which.
INSERT INTO page_answer
SELECT
    host.host_id,
    'site:' || capture.path,
    capture.capture_id,
    capture.captured_at,
    capture.status,
    capture.body_sha256,
    FALSE,
    CASE
        WHEN bool_or(
            reserves(signal.kind, signal.scope, signal.usage, signal.value, signal.gate)
            AND everywhere(signal.path)
        ) THEN TRUE
        WHEN bool_or(reserves(signal.kind, signal.scope, signal.usage, signal.value, signal.gate))
            THEN NULL
        WHEN bool_or(unread(signal.kind, signal.finding)) THEN NULL
        ELSE FALSE
    END,
    any_of(list(
        sells(
            signal.kind, signal.scope, signal.usage, signal.value, signal.offer, signal.conditions
        ) AND nullif(everywhere(signal.path), FALSE)
    )),
    list_distinct(list(terms_at(signal.kind, signal.scope, signal.usage, signal.offer))),
    -- What comes in the place of terms (a front page, a wall) is none.
    capture.status IN (404, 410)
        OR coalesce(bool_or(signal.kind = 'rsl' AND signal.finding <> 'soft-404'), FALSE)
FROM new_capture AS capture
JOIN host USING (host)
LEFT JOIN store.signal AS signal USING (capture_id)
WHERE capture.probe = 'file'
    AND capture.error = ''
    AND (capture.status BETWEEN 200 AND 299 OR capture.status IN (404, 410))
GROUP BY
    host.host_id, capture.path, capture.capture_id, capture.captured_at, capture.status,
    capture.body_sha256;

-- The same of robots.txt: Content-Usage, Content-Signal, License.
INSERT INTO robots_declaration
SELECT
    body_sha256,
    lowercased,
    any_of(list(reserved AND nullif(everywhere(path), FALSE))),
    any_of(list(sold AND nullif(everywhere(path), FALSE))),
    list_distinct(list(terms))
FROM (
    SELECT
        body_sha256,
        lowercased,
        path,
        coalesce(reserves(kind, scope, usage, value, gate), FALSE) AS reserved,
        sells(kind, scope, usage, value, offer, conditions) AS sold,
        terms_at(kind, scope, usage, offer) AS terms
    FROM store.robots_signal
)
ANTI JOIN robots_declaration USING (body_sha256, lowercased)
WHERE reserved OR sold IS DISTINCT FROM FALSE
GROUP BY body_sha256, lowercased;

-- What lists name, and in which periods that counts (provenance/sql/listing_periods.sql). What was
-- withdrawn as an error counts for no act, and is told; what was never accepted is not.
CREATE TEMP TABLE entry_now AS
SELECT DISTINCT
    entry.entry_id,
    entry.scope,
    entry.host,
    entry.port,
    entry.path,
    period.list_id,
    period.submitter,
    period.role,
    period.basis,
    CASE
        WHEN starts_with(period.status, 'withdrawn')
            THEN period.status || ' on ' || strftime(period.ended_at, '%Y-%m-%d')
        WHEN period.status = 'quarantined' THEN 'received'
        ELSE period.status
    END AS status,
    period.counts,
    period.received_at,
    period.published_at,
    period.ended_at
FROM (SELECT DISTINCT entry_id, scope, host, port, path FROM store.entry) AS entry
JOIN listing_period AS period USING (entry_id)
WHERE period.counts <> 'no' OR period.status = 'withdrawn as an error';

CREATE TEMP TABLE entry_change AS
(FROM entry_now EXCEPT FROM list_entry) UNION ALL (FROM list_entry EXCEPT FROM entry_now);

DELETE FROM list_entry;
INSERT INTO list_entry FROM entry_now ORDER BY host, entry_id;

-- The hosts to judge: seen again, new, or named by an entry that changed.
CREATE TEMP TABLE changed_host AS
SELECT host_id FROM new_capture JOIN host USING (host)
UNION
SELECT host_id FROM host ANTI JOIN state USING (host_id)
UNION
SELECT host_id
FROM (SELECT host_id, unnest(parents_of(name)) AS parent FROM host) AS labels
JOIN (SELECT DISTINCT host FROM entry_change) AS changed ON changed.host = labels.parent
UNION
SELECT host_id
FROM host
JOIN entry_change
    ON without_www(host.name) = without_www(entry_change.host)
    AND entry_change.scope IN ('url', 'url_prefix');
