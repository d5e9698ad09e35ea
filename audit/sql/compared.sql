-- What rows and states are compared by.

-- The second of a moment, on a clock of 32 bits that no moment of the snapshot lies beyond.
CREATE OR REPLACE TEMP MACRO second_of(moment) AS CASE
    WHEN moment IS NOT NULL
        THEN least(greatest(epoch_us(moment) // 1000000, 0), 4294967294)::UINTEGER
END;

-- Sets of first four characters, as 64 bits: one bit for each, and some share one.
CREATE OR REPLACE TEMP MACRO bucket_of(key) AS 1::UBIGINT << (hash(key) & 63);
CREATE OR REPLACE TEMP MACRO every_bucket() AS 18446744073709551615::UBIGINT;

-- What rules look for that do not begin with four characters: bits 0 to 31 for the first two
-- characters of a path, 32 to 47 for its last four, the others for one character each.
CREATE OR REPLACE TEMP MACRO trait_of(bit) AS 1::UBIGINT << bit::UBIGINT;
CREATE OR REPLACE TEMP MACRO start_bit(start) AS hash(start) & 31;
CREATE OR REPLACE TEMP MACRO end_bit(ending) AS 32 + (hash(ending) & 15);
CREATE OR REPLACE TEMP MACRO trait_of_start(start) AS trait_of(start_bit(start));
CREATE OR REPLACE TEMP MACRO trait_of_end(ending) AS trait_of(end_bit(ending));

CREATE OR REPLACE TEMP MACRO refuses(rank) AS rank >= 0 AND rank % 2 = 0;

-- A path that will be compared in another spelling than it has here is asked in any case. `start` is
-- its first four characters.
CREATE OR REPLACE TEMP MACRO spelt_otherwise(url, start) AS CASE
    WHEN contains(url, '%') THEN TRUE
    WHEN contains(url, '/.') THEN TRUE
    WHEN contains(url, '\') THEN TRUE
    WHEN NOT regexp_full_match(start, '[A-Za-z0-9/_.~!$&()*+,;=:@-]*') THEN TRUE
    WHEN contains(url, chr(9)) THEN TRUE
    WHEN contains(url, chr(10)) THEN TRUE
    WHEN contains(url, chr(13)) THEN TRUE
    ELSE FALSE
END;

-- The path of what follows a URL's host, without the fragment.
CREATE OR REPLACE TEMP MACRO path_of(rest) AS CASE
    WHEN rest = '' THEN '/'
    WHEN NOT contains(rest, '#') THEN rest
    WHEN starts_with(rest, '#') THEN '/'
    ELSE split_part(rest, '#', 1)
END;

-- The path as robots rules are compared with it (provenance/robots_form.py). NULL where it is not
-- spelt as the canonicaliser would spell it (provenance/urls.py): with dot segments, an empty query,
-- characters that are escaped, or escapes that are written otherwise.
CREATE OR REPLACE TEMP MACRO form_of(rest) AS CASE
    WHEN contains(rest, '%') THEN
        CASE
            WHEN regexp_full_match(
                    rest,
                    '(/([A-Za-z0-9/_.~!$&()*+,;=:@?#-]'
                    || '|%([01][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[BCDF]|[89A-F][0-9A-F]))*)?'
                )
                AND NOT regexp_matches(rest, '/\.\.?([/?#]|$)|\?(#|$)')
                THEN try(url_decode(regexp_replace(path_of(rest), '%(2F|25)', '%25\1', 'g')))
        END
    WHEN NOT regexp_full_match(rest, '(/[A-Za-z0-9/_.~!$&()*+,;=:@?#-]*)?') THEN NULL
    WHEN contains(rest, '/.') THEN
        CASE WHEN NOT regexp_matches(rest, '/\.\.?([/?#]|$)|\?(#|$)') THEN path_of(rest) END
    WHEN ends_with(rest, '?') OR contains(rest, '?#') THEN NULL
    ELSE path_of(rest)
END;

-- What follows the host in a URL of the Web.
CREATE OR REPLACE TEMP MACRO rest_of(url, authority) AS
    substr(url, 8 + starts_with(url, 'https://')::INTEGER + strlen(authority));

-- Is an address spelt as the canonicaliser (provenance/urls.py) would spell it? `rest` is what follows its
-- host. NULL: there is no address.
CREATE OR REPLACE TEMP MACRO is_regular(url, authority, rest) AS
    (starts_with(url, 'http://') OR starts_with(url, 'https://'))
    AND regexp_full_match(
        authority, '([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?'
    )
    AND strlen(authority) <= 253
    AND NOT contains(authority, 'xn--')
    AND NOT regexp_matches(authority, '[^.]{64}')
    AND form_of(rest) IS NOT NULL;
