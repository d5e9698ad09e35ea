-- Which rows name a creator that is asked for, as a whole and whatever the case?
INSERT INTO memory.found
SELECT DISTINCT
    asked.work, getvariable('file')::INTEGER, row_number, 'creator', '', lo, hi
FROM created
JOIN (
    SELECT work, lower(nfc_normalize(unnest(spellings))) AS name
    FROM memory.work
    WHERE kind = 'creator'
) AS asked
    ON asked.name = lower(nfc_normalize(trim(digest)));
