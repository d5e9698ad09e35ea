-- Which rows have a digest that a list names? Hexadecimal and base32 are compared without case, with
-- or without the name of the algorithm before them; base64 as it stands.
INSERT INTO digest_found
SELECT DISTINCT asked.row, known.entry_id
FROM (
    SELECT
        row,
        algorithm,
        CASE
            WHEN ends_with(text, '=') THEN bare_digest(text)
            WHEN contains(text, ':') OR contains(text, '-') OR contains(text, ' ')
                THEN lower(bare_digest(text))
            ELSE lower(text)
        END AS key
    FROM digest_text
    WHERE algorithm <> 'pdq'
) AS asked
JOIN digest_key AS known ON known.algorithm = asked.algorithm AND known.key = asked.key;
