-- What was received, in the order it came?
SELECT
    submission.submission_id,
    submission.list_id,
    submission.version,
    submission.received_at,
    submission.submitter,
    submission.role,
    submission.basis,
    submission.format,
    submission.file_name,
    submission.file_sha256,
    submission.status,
    coalesce(held.entries, 0) AS entries
FROM submission
LEFT JOIN (
    SELECT submission_id, count(*) AS entries
    FROM (SELECT submission_id FROM entry UNION ALL SELECT submission_id FROM digest_entry)
    GROUP BY submission_id
) AS held USING (submission_id)
ORDER BY submission.submission_id
