-- Which archive files were read for a source, and not yet for the store?
INSERT INTO archive BY NAME
SELECT * EXCLUDE (store_number, nth)
FROM source_archive
ANTI JOIN archive USING (sha256, robots_only)
QUALIFY row_number() OVER (
    PARTITION BY sha256, robots_only ORDER BY finished_at, store_number, nth
) = 1
ORDER BY store_number, nth;
