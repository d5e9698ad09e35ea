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
