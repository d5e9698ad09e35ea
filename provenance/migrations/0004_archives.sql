-- Which archive files were read to their end: the same file is not read again.
CREATE TABLE archive (
    run_id      VARCHAR NOT NULL,
    file        VARCHAR NOT NULL,      -- absolute path, where it stood
    sha256      VARCHAR NOT NULL,      -- of the whole file
    octets      BIGINT NOT NULL,
    robots_only BOOLEAN NOT NULL,      -- pages were passed over
    captures    BIGINT NOT NULL,
    skipped     BIGINT NOT NULL,       -- records of other kinds
    damaged     BIGINT NOT NULL,       -- places where no whole record stands
    finished_at TIMESTAMP NOT NULL
);
