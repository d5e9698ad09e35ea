-- Which rows have a digest that is asked for? (The form stands in digest_spelling.sql.)
CREATE OR REPLACE TEMP MACRO algorithm_of(bare) AS CASE
    WHEN regexp_full_match(bare, '[0-9a-fA-F]{32}') THEN 'md5'
    WHEN regexp_full_match(bare, '[0-9a-fA-F]{40}') THEN 'sha1'
    WHEN regexp_full_match(bare, '[0-9a-fA-F]{64}') THEN 'sha256'
    WHEN regexp_full_match(bare, '[0-9a-fA-F]{128}') THEN 'sha512'
    WHEN regexp_full_match(bare, '[A-Za-z2-7]{32}') THEN 'sha1'
    WHEN regexp_full_match(bare, '[A-Za-z0-9+/]{22}==') THEN 'md5'
    WHEN regexp_full_match(bare, '[A-Za-z0-9+/]{27}=') THEN 'sha1'
    WHEN regexp_full_match(bare, '[A-Za-z0-9+/]{43}=') THEN 'sha256'
    WHEN regexp_full_match(bare, '[A-Za-z0-9+/]{86}==') THEN 'sha512'
END;

INSERT INTO memory.found
SELECT DISTINCT
    asked.work, getvariable('file')::INTEGER, row_number, 'digest', '', lo, hi
FROM dated
JOIN (
    SELECT work, unnest(spellings) AS spelling FROM memory.work WHERE kind = 'digest'
) AS asked
    ON asked.spelling = digest_form(digest);
