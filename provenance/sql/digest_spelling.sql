-- In which one form are the digests of rows compared with those of lists?

-- As it stands, without the name of the algorithm that some write before it.
CREATE OR REPLACE TEMP MACRO bare_digest(text) AS
    regexp_replace(trim(text), '^(urn:)?(md5|sha-?1|sha-?256|sha-?512)[:-]', '', 'i');

-- Hexadecimal and base32 are compared without case, base64 as it stands. Most are written plainly, and
-- for those no expression is searched for.
CREATE OR REPLACE TEMP MACRO digest_form(text) AS CASE
    WHEN ends_with(trim(text), '=') THEN bare_digest(text)
    WHEN contains(text, ':') OR contains(text, '-') OR contains(text, ' ')
        THEN lower(bare_digest(text))
    ELSE lower(text)
END;

-- The nth of the four words of 64 bits of a PDQ digest in hexadecimal, from 0.
CREATE OR REPLACE TEMP MACRO pdq_word(text, nth) AS
    ('0x' || text[16 * nth + 1:16 * nth + 16])::UBIGINT;

CREATE OR REPLACE TEMP MACRO bits_apart(one, other) AS bit_count(xor(one, other))::INTEGER;
