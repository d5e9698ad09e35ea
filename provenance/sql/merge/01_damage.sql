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

    UNION ALL
    SELECT store_number, 'damaged: event ' || event_id || ' is not what was recorded by that name'
    FROM source_entry_event
    WHERE event_id <> sha256(concat_ws(
        chr(31), strftime(recorded_at, '%Y-%m-%dT%H:%M:%S.%f'), strftime(from_at, '%Y-%m-%dT%H:%M:%S.%f'),
        list_id, entry_id, file_sha256, what, reason, actor, note
    ))

    UNION ALL
    SELECT store_number, 'damaged: fetch ' || fetch_id || ' is not what was recorded by that name'
    FROM source_list_fetch
    WHERE fetch_id <> sha256(concat_ws(
        chr(31), list_id, source, strftime(fetched_at, '%Y-%m-%dT%H:%M:%S.%f'), outcome, file_sha256, etag,
        last_modified, detail
    ))
)
ORDER BY store_number, fact
LIMIT 1;
