-- Which runs does the store not know yet? (Those of one name are equal: 01_damage.sql.)
INSERT INTO run BY NAME
SELECT * EXCLUDE (store_number, nth)
FROM source_run
ANTI JOIN run USING (run_id)
QUALIFY row_number() OVER (PARTITION BY run_id ORDER BY store_number) = 1
ORDER BY store_number, nth;
