-- Which exchanges does the store not know yet, and which numbers do they get?
-- They are numbered after the store's last one: source by source, each in its own order. Of an
-- exchange that several sources hold, the earliest run's record is taken, however they are named.
CREATE TEMP TABLE new_capture AS
SELECT store_number, capture_id, row_number() OVER (ORDER BY store_number, capture_id) AS place
FROM (
    SELECT source_capture.store_number, source_capture.capture_id
    FROM source_capture
    LEFT JOIN run USING (run_id)
    ANTI JOIN capture USING (fingerprint)
    QUALIFY row_number() OVER (
        PARTITION BY source_capture.fingerprint
        ORDER BY
            run.started_at NULLS LAST, source_capture.run_id,
            source_capture.store_number, source_capture.capture_id
    ) = 1
);

CREATE TEMP TABLE first_capture AS
SELECT min(id) AS id FROM (SELECT nextval('capture_ids') AS id FROM new_capture);

INSERT INTO capture BY NAME
SELECT source_capture.* EXCLUDE (store_number, nth) REPLACE (first_capture.id + place - 1 AS capture_id)
FROM new_capture
JOIN source_capture USING (store_number, capture_id)
CROSS JOIN first_capture
ORDER BY place;
