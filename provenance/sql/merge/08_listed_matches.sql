-- Which hosts stood on a list when a run was about to contact them, by the receipts as they are now
-- numbered? The notice date stays what that run went by.
WITH numbered AS (
    SELECT
        match.* REPLACE (
            coalesce(first_submission.id + new_submission.place - 1, standing.by_id) AS submission_id
        )
    FROM source_listed_match AS match
    JOIN standing USING (store_number, submission_id)
    LEFT JOIN new_submission
        ON new_submission.store_number = standing.by_store
        AND new_submission.submission_id = standing.by_id
    CROSS JOIN first_submission
)
INSERT INTO listed_match BY NAME
SELECT * EXCLUDE (store_number, nth)
FROM numbered
ANTI JOIN listed_match
    USING (run_id, host, checked_at, entry_id, submission_id, list_id, received_at)
QUALIFY row_number() OVER (
    PARTITION BY run_id, host, checked_at, entry_id, submission_id, list_id, received_at
    ORDER BY store_number, nth
) = 1
ORDER BY store_number, nth;
