-- What do terms come to at an act of [lo, hi)? (Table C) And what does a licence ask for?

-- Whether one of the periods covers the whole act.
CREATE OR REPLACE TEMP MACRO covered(periods, act_lo, act_hi) AS len(list_filter(
    periods,
    lambda one: one.lo <= act_lo AND (one.hi IS NULL OR one.hi >= act_hi)
)) > 0;

-- An offer that began or ended during the act, or of which it is not known since when it stands, is
-- settled neither for the builder nor against.
CREATE OR REPLACE TEMP MACRO offered(periods, act_lo, act_hi, searched) AS CASE
    WHEN periods IS NULL THEN CASE WHEN searched THEN 'none' END
    WHEN act_lo IS NULL THEN 'unclear'
    WHEN covered(periods, act_lo, act_hi) THEN 'active'
    WHEN len(list_filter(
        periods,
        lambda one: coalesce(one.hi > act_lo, TRUE)
            AND coalesce(one.lo < act_hi OR one.lo = act_lo, TRUE)
    )) > 0 THEN 'unclear'
    WHEN len(list_filter(periods, lambda one: coalesce(one.lo >= act_hi, FALSE))) > 0 THEN 'later'
    ELSE 'ended'
END;

CREATE OR REPLACE TEMP MACRO held(periods, act_lo, act_hi) AS CASE
    WHEN periods IS NULL THEN 'none'
    WHEN act_lo IS NULL THEN NULL
    WHEN covered(periods, act_lo, act_hi) THEN 'held'
    WHEN len(list_filter(periods, lambda one: one.hi <= act_lo)) > 0 THEN 'expired'
    ELSE 'none'
END;

-- Whether a licence covered the act, and none covers one of the later acts.
CREATE OR REPLACE TEMP MACRO lapses(periods, act_lo, act_hi, later) AS CASE
    WHEN periods IS NULL THEN FALSE
    WHEN act_lo IS NULL THEN NULL
    WHEN NOT covered(periods, act_lo, act_hi) THEN FALSE
    ELSE len(list_filter(later, lambda one: NOT covered(periods, one.lo, one.hi))) > 0
END;

-- Creative Commons and the like, by name or address; what is neither is `another`.
CREATE OR REPLACE TEMP MACRO licence_class(said) AS CASE
    WHEN said IS NULL OR trim(said) IN ('', '?', 'unknown', 'none') THEN NULL
    WHEN regexp_matches(lower(said), 'cc.?0|publicdomain|public.domain|cc.?zero|\bpd\b|pdm') THEN 'free'
    WHEN regexp_matches(lower(said), '\bby[ _-]?nc[ _-]?nd\b') THEN 'nc-nd'
    WHEN regexp_matches(lower(said), '\bby[ _-]?nc[ _-]?sa\b') THEN 'nc-sa'
    WHEN regexp_matches(lower(said), '\bby[ _-]?nc\b') THEN 'nc'
    WHEN regexp_matches(lower(said), '\bby[ _-]?nd\b') THEN 'nd'
    WHEN regexp_matches(lower(said), '\bby[ _-]?sa\b') THEN 'sa'
    WHEN regexp_matches(lower(said), 'cc[ _-]?by\b|licenses/by\b|attribution') THEN 'by'
    WHEN regexp_matches(lower(said), '^(mit|apache|bsd|isc|unlicense)') THEN 'by'
    ELSE 'another'
END;

CREATE OR REPLACE TEMP MACRO said_so(text) AS CASE
    WHEN lower(trim(text)) IN ('true', 'yes', '1', 't', 'y') THEN TRUE
    WHEN lower(trim(text)) IN ('false', 'no', '0', 'f', 'n') THEN FALSE
END;

-- Flags of sets of images: what its maker is not sure of is unknown here as well.
CREATE OR REPLACE TEMP MACRO flagged(text) AS coalesce(
    said_so(text),
    CASE lower(trim(text)) WHEN 'nsfw' THEN TRUE WHEN 'unlikely' THEN FALSE END
);

-- Whether such databases had been sold by the time of the act; that none is known of is told only
-- where it was looked for.
CREATE OR REPLACE TEMP MACRO sold(sales, act_lo, searched) AS CASE
    WHEN sales IS NOT NULL AND act_lo IS NULL THEN NULL
    WHEN len(list_filter(sales, lambda one: one.lo <= act_lo)) > 0 THEN TRUE
    WHEN searched THEN FALSE
END;

-- Whether a sentence in plain words reserved mining throughout the act; that none did is told only
-- where terms were read. One that was read later says nothing of the act.
CREATE OR REPLACE TEMP MACRO in_words(periods, act_lo, act_hi, read) AS CASE
    WHEN periods IS NULL THEN CASE WHEN read THEN FALSE END
    WHEN act_lo IS NULL THEN NULL
    WHEN covered(periods, act_lo, act_hi) THEN TRUE
    WHEN len(list_filter(periods, lambda one: one.hi IS NULL OR one.hi > act_lo)) > 0 THEN NULL
    ELSE FALSE
END;
