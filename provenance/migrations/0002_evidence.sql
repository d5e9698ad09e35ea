-- Where the bytes of an exchange stand, what a robots.txt says beside its rules, and the rest of
-- what a statement may say. Rows are added, never changed.

-- One WARC record that holds a part of an exchange (ISO 28500).
CREATE TABLE evidence (
    capture_id    BIGINT NOT NULL,
    hop           SMALLINT NOT NULL,     -- 0: the address asked first; then each redirect followed
    kind          VARCHAR NOT NULL,      -- request, response, revisit
    file          VARCHAR NOT NULL,      -- relative to the store's folder, or absolute
    record_offset BIGINT NOT NULL,       -- of the record's first octet in the file, as it stands there
    record_length BIGINT NOT NULL,       -- in octets of the file: of the gzip member where it is one
    sha256        VARCHAR NOT NULL       -- of those octets
);

-- One statement of a robots.txt beside Allow and Disallow: Content-Usage, Content-Signal, License.
CREATE TABLE robots_signal (
    body_sha256 VARCHAR NOT NULL,
    lowercased  BOOLEAN NOT NULL,
    kind        VARCHAR NOT NULL,
    scope       VARCHAR NOT NULL,        -- site, or agent:TOKEN of the group (agent:* for all)
    path        VARCHAR NOT NULL,        -- robots pattern it is limited to; empty: none
    usage       VARCHAR NOT NULL,
    value       VARCHAR NOT NULL,
    gate        VARCHAR NOT NULL,
    strength    VARCHAR NOT NULL,
    specific    BOOLEAN NOT NULL,
    offer       VARCHAR NOT NULL,
    conditions  VARCHAR NOT NULL,
    quote       VARCHAR NOT NULL,
    finding     VARCHAR NOT NULL
);

ALTER TABLE signal ADD COLUMN path VARCHAR DEFAULT '';        -- robots pattern it is limited to
ALTER TABLE signal ADD COLUMN conditions VARCHAR DEFAULT '';  -- key=value; … as stated
