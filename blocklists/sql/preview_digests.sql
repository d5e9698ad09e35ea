-- Which rows have a digest that an entry names? `digest_text` has what the rows say, `digest_key` how
-- entries may be spelt. Parameter: pdq_distance, in bits of 256 (facebook/ThreatExchange, pdq).
CREATE TEMP TABLE digest_met AS
WITH words AS (
    SELECT
        entry_id,
        pdq_word(key, 0) AS w0, pdq_word(key, 1) AS w1, pdq_word(key, 2) AS w2, pdq_word(key, 3) AS w3
    FROM digest_key
    WHERE algorithm = 'pdq'
),
asked AS (
    SELECT
        text,
        pdq_word(text, 0) AS w0, pdq_word(text, 1) AS w1, pdq_word(text, 2) AS w2,
        pdq_word(text, 3) AS w3
    FROM (SELECT DISTINCT lower(trim(text)) AS text FROM digest_text WHERE algorithm = 'pdq')
    WHERE regexp_full_match(text, '[0-9a-f]{64}')
),
near AS (
    SELECT asked.text, words.entry_id
    FROM asked
    JOIN words
        ON bits_apart(asked.w0, words.w0) + bits_apart(asked.w1, words.w1)
            + bits_apart(asked.w2, words.w2) + bits_apart(asked.w3, words.w3)
            <= getvariable('pdq_distance')
)
SELECT digest_text.row_number, digest_key.entry_id
FROM digest_text
JOIN digest_key
    ON digest_key.algorithm = digest_text.algorithm AND digest_key.key = digest_form(digest_text.text)
WHERE digest_text.algorithm <> 'pdq'
UNION
SELECT digest_text.row_number, near.entry_id
FROM digest_text
JOIN near ON near.text = lower(trim(digest_text.text))
WHERE digest_text.algorithm = 'pdq';

CREATE TEMP TABLE digest_row AS
SELECT digest_met.entry_id, row_number, coalesce(url, '') AS url, beginning_of(url) AS beginning
FROM digest_met
JOIN dated USING (row_number);

-- Addresses of such rows that are not written plainly, and so have to be read whole.
CREATE TEMP TABLE digest_spelling AS
SELECT DISTINCT url AS text FROM digest_row WHERE beginning = '';
