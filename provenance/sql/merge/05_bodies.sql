-- Which bodies does the store not hold yet? (Those of one digest are equal: 01_damage.sql.)
WITH chosen AS (
    SELECT sha256, min(store_number) AS store_number
    FROM source_body
    ANTI JOIN body USING (sha256)
    GROUP BY sha256
)
INSERT INTO body BY NAME
SELECT source_body.* EXCLUDE (store_number, nth)
FROM source_body
JOIN chosen USING (store_number, sha256)
ORDER BY store_number, nth;
