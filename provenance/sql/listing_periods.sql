-- In what state is each entry of each list, and from when to when does it count, as it was known at
-- `as_of` (NULL: by all that is recorded)? The one definition, for lists, crawl and audit.
-- `{store}` says where the tables stand. See docs/blocklists.md, "The life of an entry".

-- Each list's files: since when it is known, and whether it is verified. What is verified later was
-- known from the day the same file first came in, verified or not, to whichever store was merged.
CREATE OR REPLACE TEMP TABLE list_file AS
WITH released AS (
    SELECT list_id, file_sha256, min(recorded_at) AS released_at
    FROM {store}entry_event
    WHERE entry_id = '' AND what = 'accepted'
    GROUP BY list_id, file_sha256
)
SELECT
    submission.*,
    released.released_at,
    submission.status = 'accepted'
        AND coalesce(released.released_at <= getvariable('as_of'), TRUE) AS taken
FROM {store}submission AS submission
LEFT JOIN released USING (list_id, file_sha256)
WHERE coalesce(received_at <= getvariable('as_of'), TRUE);

CREATE OR REPLACE TEMP TABLE list_version AS
SELECT
    list_id,
    file_sha256,
    min(received_at) AS first_at,
    min(published_at) FILTER (taken) AS published_at,
    coalesce(bool_or(taken), FALSE) AS taken,
    min(released_at) AS released_at,
    first(submission_id ORDER BY NOT taken, received_at, submission_id) AS submission_id,
    first(submitter ORDER BY NOT taken, received_at, submission_id) AS submitter,
    first(role ORDER BY NOT taken, received_at, submission_id) AS role,
    first(basis ORDER BY NOT taken, received_at, submission_id) AS basis
FROM list_file
GROUP BY list_id, file_sha256;

CREATE OR REPLACE TEMP TABLE held_entry AS
SELECT
    list_file.list_id, entry.entry_id, list_file.file_sha256, bool_or(list_file.taken) AS taken
FROM (
    SELECT submission_id, entry_id FROM {store}entry
    UNION ALL
    SELECT submission_id, entry_id FROM {store}digest_entry
) AS entry
JOIN list_file USING (submission_id)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE known_event AS
SELECT *
FROM {store}entry_event
WHERE entry_id <> '' AND coalesce(recorded_at <= getvariable('as_of'), TRUE);

-- Every step of every entry, in order. That a list came is told by its receipt; so is that its
-- entries are accepted, unless they were held back when it came.
CREATE OR REPLACE TEMP TABLE entry_step AS
WITH implied AS (
    SELECT
        held.list_id, held.entry_id, 'received' AS what, min(first_at) AS eff,
        min(first_at) AS from_at, first(file_sha256 ORDER BY first_at, file_sha256) AS file_sha256
    FROM held_entry AS held
    JOIN list_version USING (list_id, file_sha256)
    GROUP BY held.list_id, held.entry_id
    UNION ALL
    SELECT
        held.list_id, held.entry_id, 'accepted', min(coalesce(released_at, first_at)),
        min(first_at), first(file_sha256 ORDER BY first_at, file_sha256)
    FROM held_entry AS held
    JOIN list_version USING (list_id, file_sha256)
    ANTI JOIN (FROM known_event WHERE what = 'quarantined') AS held_back
        ON held_back.list_id = held.list_id
        AND held_back.entry_id = held.entry_id
        AND held_back.file_sha256 = held.file_sha256
    WHERE held.taken
    GROUP BY held.list_id, held.entry_id
),
-- The end that was announced is no end if the entry was renewed, or ended, before it came.
void AS (
    SELECT expiry.event_id
    FROM known_event AS expiry
    JOIN known_event AS later USING (list_id, entry_id)
    WHERE expiry.what = 'expired'
        AND later.what IN ('renewed', 'relisted', 'withdrawn', 'superseded', 'rejected')
        AND later.recorded_at > expiry.recorded_at
        AND later.recorded_at < expiry.from_at
)
SELECT
    list_id, entry_id, what, '' AS reason, eff, from_at, eff AS recorded_at, file_sha256, '' AS event_id,
    '' AS actor, '' AS note
FROM implied
UNION ALL
SELECT
    list_id, entry_id, what, reason,
    CASE WHEN what = 'expired' THEN from_at ELSE recorded_at END,
    from_at, recorded_at, file_sha256, event_id, actor, note
FROM known_event
ANTI JOIN void USING (event_id)
-- What is said of an entry that no list holds is nothing to go by.
SEMI JOIN held_entry USING (list_id, entry_id);

-- Steps of one moment come in the order of a life.
CREATE OR REPLACE TEMP MACRO step_rank(what) AS list_position(
    [
        'received', 'accepted', 'quarantined', 'rejected', 'disputed', 'upheld', 'withdrawn',
        'superseded', 'expired', 'relisted', 'renewed'
    ],
    what
);

CREATE OR REPLACE TEMP TABLE entry_state AS
SELECT
    list_id,
    entry_id,
    CASE what WHEN 'relisted' THEN 'accepted' ELSE what END AS state,
    reason,
    eff AS since,
    file_sha256
FROM entry_step
WHERE what <> 'renewed' AND (what <> 'expired' OR eff <= coalesce(getvariable('as_of'), now() AT TIME ZONE 'UTC'))
QUALIFY row_number() OVER (
    PARTITION BY list_id, entry_id
    ORDER BY eff DESC, step_rank(what) DESC, event_id DESC
) = 1;

-- From when to when it counts. A withdrawal as an error strikes all that lies before it.
CREATE OR REPLACE TEMP TABLE listing_period AS
WITH spanned AS (
    SELECT
        *,
        min(CASE WHEN what IN ('withdrawn', 'superseded', 'expired', 'rejected') THEN eff END)
            OVER later AS ended_at,
        arg_min(what, eff) FILTER (what IN ('withdrawn', 'superseded', 'expired', 'rejected'))
            OVER later AS ended_by,
        min(CASE WHEN what = 'withdrawn' AND reason = 'error' THEN eff END)
            OVER later AS struck_at
    FROM entry_step
    WINDOW later AS (
        PARTITION BY list_id, entry_id
        ORDER BY eff, step_rank(what), event_id
        ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    )
),
period AS (
    SELECT
        list_id, entry_id, file_sha256, from_at AS received_at, ended_at, ended_by, struck_at,
        CASE
            WHEN struck_at IS NULL AND (ended_at IS NULL OR ended_at > from_at) THEN 'yes'
            ELSE 'no'
        END AS counts
    FROM spanned
    WHERE what IN ('accepted', 'relisted')
),
every AS (
    FROM period
    UNION ALL BY NAME
    -- What waits for a decision does not count yet; what was never accepted never did.
    SELECT
        entry_state.list_id,
        entry_state.entry_id,
        entry_step.file_sha256,
        entry_step.from_at AS received_at,
        CASE WHEN entry_state.state IN ('received', 'quarantined') THEN 'pending' ELSE 'no' END
            AS counts
    FROM entry_state
    JOIN entry_step
        ON entry_step.list_id = entry_state.list_id
        AND entry_step.entry_id = entry_state.entry_id
        AND entry_step.what = 'received'
    WHERE entry_state.state IN ('received', 'quarantined')
        OR (entry_state.list_id, entry_state.entry_id) NOT IN (SELECT (list_id, entry_id) FROM period)
),
published AS (
    SELECT list_id, entry_id, min(published_at) AS published_at
    FROM held_entry
    JOIN list_version USING (list_id, file_sha256)
    WHERE held_entry.taken
    GROUP BY list_id, entry_id
)
SELECT
    every.list_id,
    every.entry_id,
    list_version.submission_id,
    list_version.submitter,
    list_version.role,
    list_version.basis,
    every.counts,
    -- What became of it, in a word: the state it is in now, or what ended this period of it.
    CASE
        WHEN every.struck_at IS NOT NULL THEN 'withdrawn as an error'
        WHEN every.ended_at <= entry_state.since THEN every.ended_by
        ELSE entry_state.state
    END AS status,
    every.received_at,
    published.published_at,
    coalesce(every.struck_at, every.ended_at) AS ended_at
FROM every
JOIN list_version USING (list_id, file_sha256)
JOIN entry_state
    ON entry_state.list_id = every.list_id AND entry_state.entry_id = every.entry_id
LEFT JOIN published
    ON published.list_id = every.list_id AND published.entry_id = every.entry_id;
