-- What was read from the exchanges that were added?
INSERT INTO signal BY NAME
SELECT source_signal.* EXCLUDE (store_number, nth) REPLACE (first_capture.id + place - 1 AS capture_id)
FROM new_capture
JOIN source_signal USING (store_number, capture_id)
CROSS JOIN first_capture
ORDER BY place, nth;

-- Where do their bytes stand?
INSERT INTO evidence BY NAME
SELECT source_evidence.* EXCLUDE (store_number, nth) REPLACE (first_capture.id + place - 1 AS capture_id)
FROM new_capture
JOIN source_evidence USING (store_number, capture_id)
CROSS JOIN first_capture
ORDER BY place, nth;
