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
    count(entry.submission_id)     AS entries
FROM submission
LEFT JOIN entry USING (submission_id)
GROUP BY ALL
ORDER BY submission.submission_id
