-- What in the sources speaks against merging them: a run that another store knows otherwise, a row
-- whose owner is missing, a body that is not what its digest says?
SELECT store_number, fact
FROM (
    SELECT
        max(store_number) AS store_number,
        'its run ' || run_id || ' is not the run that another store knows by that name' AS fact
    FROM (
        SELECT 0 AS store_number, run_id, kind, started_at, settings, provisor FROM run
        UNION ALL
        SELECT store_number, run_id, kind, started_at, settings, provisor FROM source_run
    )
    GROUP BY run_id
    HAVING count(DISTINCT (kind, started_at, settings::VARCHAR, provisor)) > 1

    UNION ALL
    SELECT store_number, 'damaged: body ' || sha256 || ' does not have this digest'
    FROM source_body
    WHERE sha256(bytes) <> sha256

    UNION ALL
    SELECT store_number, 'damaged: a signal of capture ' || capture_id || ', which is not there'
    FROM source_signal
    ANTI JOIN source_capture USING (store_number, capture_id)

    UNION ALL
    SELECT store_number, 'damaged: evidence of capture ' || capture_id || ', which is not there'
    FROM source_evidence
    ANTI JOIN source_capture USING (store_number, capture_id)

    UNION ALL
    SELECT store_number, 'damaged: an entry of submission ' || submission_id || ', which is not there'
    FROM source_entry
    ANTI JOIN source_submission USING (store_number, submission_id)

    UNION ALL
    SELECT store_number, 'damaged: a digest of submission ' || submission_id || ', which is not there'
    FROM source_digest_entry
    ANTI JOIN source_submission USING (store_number, submission_id)

    UNION ALL
    SELECT store_number, 'damaged: a match with submission ' || submission_id || ', which is not there'
    FROM source_listed_match
    ANTI JOIN source_submission USING (store_number, submission_id)
)
ORDER BY store_number, fact
LIMIT 1;
