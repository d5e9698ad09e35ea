-- Which rows have a PDQ digest that lies within the distance at which two are of one picture? Every
-- distinct digest of the rows is compared with every one of the lists, in four words of 64 bits.
-- Parameter: pdq_distance, in bits of 256 (facebook/ThreatExchange, pdq).
INSERT INTO digest_found
WITH asked AS (
    SELECT DISTINCT lower(trim(text)) AS key
    FROM digest_text
    WHERE algorithm = 'pdq' AND regexp_full_match(trim(text), '[0-9a-fA-F]{64}')
),
known AS (
    SELECT entry_id, key FROM digest_key WHERE algorithm = 'pdq'
),
near AS (
    SELECT asked.key, known.entry_id
    FROM (
        SELECT key, {words} FROM asked
    ) AS asked
    JOIN (
        SELECT entry_id, {words} FROM known
    ) AS known
        ON bits_apart(asked.w1, known.w1) + bits_apart(asked.w2, known.w2)
            + bits_apart(asked.w3, known.w3) + bits_apart(asked.w4, known.w4)
            <= getvariable('pdq_distance')
)
SELECT DISTINCT digest_text.row, near.entry_id
FROM digest_text
JOIN near ON near.key = lower(trim(digest_text.text))
WHERE digest_text.algorithm = 'pdq';
