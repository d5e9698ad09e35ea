-- Which versions of lists changed too much to be accepted, and were neither confirmed nor replaced?
-- Made of list_version (listing_periods.sql).
SELECT
    held.list_id,
    submission.version,
    submission.file_name,
    submission.file_sha256,
    submission.received_at,
    held.note
FROM entry_event AS held
JOIN list_version USING (list_id, file_sha256)
JOIN submission
    ON submission.submission_id = list_version.submission_id
WHERE held.entry_id = ''
    AND held.what = 'quarantined'
    AND NOT list_version.taken
    AND (? = '' OR held.list_id = ?)
    AND NOT EXISTS (
        FROM submission AS later
        WHERE later.list_id = held.list_id
            AND later.status = 'accepted'
            AND later.received_at > submission.received_at
    )
ORDER BY held.recorded_at, held.list_id
