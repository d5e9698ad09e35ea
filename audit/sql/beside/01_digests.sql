-- Which rows have a digest that a list names? (The form stands in digest_spelling.sql.)
INSERT INTO digest_found
SELECT DISTINCT asked.row, known.entry_id
FROM (
    SELECT row, algorithm, digest_form(text) AS key
    FROM digest_text
    WHERE algorithm <> 'pdq'
) AS asked
JOIN digest_key AS known ON known.algorithm = asked.algorithm AND known.key = asked.key;
