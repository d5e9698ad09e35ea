-- What became of what was handed in, and which published lists were looked at. Rows are added, never
-- changed or removed.

-- One step in the life of an entry of a list: who decided what, when and why. That a list came, and
-- that its entries count from then on, is what `submission` and `entry` say; here stands the rest.
CREATE TABLE entry_event (
    event_id    VARCHAR NOT NULL,        -- SHA-256 of the rest, joined by U+001F: the same in every store
    recorded_at TIMESTAMP NOT NULL,      -- by our clock
    from_at     TIMESTAMP NOT NULL,      -- since when it holds: the receipt for what is accepted late,
                                         -- the end for what expires, else `recorded_at`
    list_id     VARCHAR NOT NULL,
    entry_id    VARCHAR NOT NULL,        -- empty: the version as a whole
    file_sha256 VARCHAR NOT NULL,        -- the version it came with; empty: none
    what        VARCHAR NOT NULL,        -- accepted, quarantined, rejected, disputed, upheld, withdrawn,
                                         -- expired, superseded, relisted, renewed
    reason      VARCHAR NOT NULL,        -- a code: error, cured, settled, popular, platform …
    actor       VARCHAR NOT NULL,        -- who decided
    note        VARCHAR NOT NULL         -- in the words of who decided
);

-- One look at a published list: that it was done is evidence of diligence, whatever came of it.
CREATE TABLE list_fetch (
    fetch_id      VARCHAR NOT NULL,      -- SHA-256 of the rest, joined by U+001F
    list_id       VARCHAR NOT NULL,
    source        VARCHAR NOT NULL,      -- address or path, as the operator wrote it
    fetched_at    TIMESTAMP NOT NULL,
    outcome       VARCHAR NOT NULL,      -- found, changed, unchanged, failed
    file_sha256   VARCHAR NOT NULL,      -- of what came; empty: nothing did
    etag          VARCHAR NOT NULL,
    last_modified VARCHAR NOT NULL,
    detail        VARCHAR NOT NULL       -- why it failed
);
