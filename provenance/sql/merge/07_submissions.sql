-- Which receipts of lists does the store not have yet?
-- The same list is the same file under the same list id (blocklists/submit.py). A receipt of it is
-- left out only where another one says all that it says: received no later, public no later, with
-- all its entries, and of the same status, or verified even before this one came. No receipt is
-- changed, so no notice date is moved; an earlier one is never lost.
CREATE TEMP TABLE receipt AS
WITH known AS (
    SELECT 0 AS store_number, * FROM submission
    UNION ALL BY NAME
    SELECT * EXCLUDE (nth) FROM source_submission
),
listed AS (
    SELECT 0 AS store_number, submission_id, entry_id FROM entry
    UNION ALL
    SELECT store_number, submission_id, entry_id FROM source_entry
    UNION ALL
    SELECT 0, submission_id, entry_id FROM digest_entry
    UNION ALL
    SELECT store_number, submission_id, entry_id FROM source_digest_entry
),
entries AS (
    SELECT store_number, submission_id, list(DISTINCT entry_id) AS entries
    FROM listed
    GROUP BY store_number, submission_id
)
SELECT
    known.*,
    coalesce(entries.entries, []) AS entries,
    -- Content decides first, so that it does not matter in which order sources are named.
    row_number() OVER (ORDER BY
        received_at, status <> 'accepted', published_at NULLS LAST, len(entries.entries) DESC,
        store_number <> 0, version, issued_at, submitter, role, basis, format, file_name, suffix_list,
        store_number, submission_id
    ) AS place
FROM known
LEFT JOIN entries USING (store_number, submission_id)
SEMI JOIN source_submission USING (list_id, file_sha256);

-- Each source's receipt, and the one that stands for it: itself, or a better one of the same list.
CREATE TEMP TABLE standing AS
SELECT
    own.store_number,
    own.submission_id,
    arg_min(other.store_number, other.place) AS by_store,
    arg_min(other.submission_id, other.place) AS by_id
FROM receipt AS own
JOIN receipt AS other
    ON other.list_id = own.list_id
    AND other.file_sha256 = own.file_sha256
    AND other.received_at <= own.received_at
    -- At the same time: both are history, the list came first and was verified then.
    AND (
        other.status = own.status
        OR (other.status = 'accepted' AND other.received_at < own.received_at)
    )
    AND (own.published_at IS NULL OR other.published_at <= own.published_at)
    AND list_has_all(other.entries, own.entries)
WHERE own.store_number > 0
GROUP BY own.store_number, own.submission_id;

CREATE TEMP TABLE new_submission AS
SELECT store_number, submission_id, row_number() OVER (ORDER BY store_number, submission_id) AS place
FROM standing
WHERE by_store = store_number AND by_id = submission_id;

CREATE TEMP TABLE first_submission AS
SELECT min(id) AS id FROM (SELECT nextval('submission_ids') AS id FROM new_submission);

INSERT INTO submission BY NAME
SELECT
    source_submission.* EXCLUDE (store_number, nth)
    REPLACE (first_submission.id + place - 1 AS submission_id)
FROM new_submission
JOIN source_submission USING (store_number, submission_id)
CROSS JOIN first_submission
ORDER BY place;

INSERT INTO entry BY NAME
SELECT
    source_entry.* EXCLUDE (store_number, nth)
    REPLACE (first_submission.id + place - 1 AS submission_id)
FROM new_submission
JOIN source_entry USING (store_number, submission_id)
CROSS JOIN first_submission
ORDER BY place, nth;

INSERT INTO digest_entry BY NAME
SELECT
    source_digest_entry.* EXCLUDE (store_number, nth)
    REPLACE (first_submission.id + place - 1 AS submission_id)
FROM new_submission
JOIN source_digest_entry USING (store_number, submission_id)
CROSS JOIN first_submission
ORDER BY place, nth;
