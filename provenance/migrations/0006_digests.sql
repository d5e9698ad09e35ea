-- What lists of digests name: files by what they contain, not by where they stand.
-- Lists of illegal content are not kept here. Rows are added, never changed.

CREATE TABLE digest_entry (
    submission_id BIGINT NOT NULL,
    entry_id      VARCHAR NOT NULL,      -- digest of algorithm and digest: equal targets agree
    line          INTEGER NOT NULL,
    algorithm     VARCHAR NOT NULL,      -- md5, sha1, sha256, sha512: exact; pdq: by distance
    digest        BLOB NOT NULL,
    base32        VARCHAR NOT NULL,      -- sha1 only: as Common Crawl writes content_digest
    quality       SMALLINT,              -- pdq only, 0 to 100; NULL: not told
    category      VARCHAR NOT NULL,
    work          VARCHAR NOT NULL,
    right_holder  VARCHAR NOT NULL,
    notice_date   DATE,                  -- what the submitter claims; shown, never trusted
    warnings      VARCHAR[] NOT NULL
);
