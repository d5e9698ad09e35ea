-- Which steps did an entry of a list take, in their order? Made of entry_step (listing_periods.sql).
SELECT
    step.recorded_at,
    step.from_at,
    step.file_sha256,
    step.what,
    step.reason,
    CASE WHEN step.event_id = '' THEN coalesce(submitter, '') ELSE step.actor END AS actor,
    step.note
FROM entry_step AS step
LEFT JOIN list_version USING (list_id, file_sha256)
WHERE step.list_id = ? AND step.entry_id = ?
ORDER BY step.eff, step_rank(step.what), step.event_id
