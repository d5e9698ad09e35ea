-- The first schema: captures and what they said, lists and what they name, runs.
-- Every TIMESTAMP is UTC. Rows are added, never changed.

CREATE SEQUENCE capture_ids;
CREATE SEQUENCE submission_ids;

-- What was run: a crawl or an import, with the settings it had.
CREATE TABLE run (
    run_id     VARCHAR PRIMARY KEY,
    kind       VARCHAR NOT NULL,      -- crawl, import, audit
    started_at TIMESTAMP NOT NULL,
    settings   JSON NOT NULL,
    provisor   VARCHAR NOT NULL       -- version that ran
);

-- One HTTP exchange with a host.
CREATE TABLE capture (
    capture_id        BIGINT PRIMARY KEY,
    run_id            VARCHAR NOT NULL,
    fingerprint       VARCHAR NOT NULL,  -- the same exchange recorded twice has the same one
    url               VARCHAR NOT NULL,
    host              VARCHAR NOT NULL,  -- host[:port], canonical: what a robots.txt governs
    path              VARCHAR NOT NULL,  -- canonical path and query
    probe             VARCHAR NOT NULL,  -- robots, page
    captured_at       TIMESTAMP NOT NULL,
    captured_at_basis VARCHAR NOT NULL,
    method            VARCHAR NOT NULL,  -- crawl, import
    source            VARCHAR NOT NULL,
    status            SMALLINT,          -- NULL: not recorded, or no answer
    status_basis      VARCHAR NOT NULL,
    error             VARCHAR NOT NULL,
    hops              VARCHAR[] NOT NULL,
    headers           JSON NOT NULL,     -- list of [name, value], as received
    body_sha256       VARCHAR,           -- NULL: no body was seen
    lowercased        BOOLEAN NOT NULL,
    truncated         BOOLEAN NOT NULL,
    outcome           VARCHAR,           -- robots only: parsed, unavailable, unreachable, unreadable
    reason            VARCHAR            -- why it is not parsed, e.g. html
);

CREATE TABLE body (
    sha256 VARCHAR PRIMARY KEY,
    bytes  BLOB NOT NULL
);

-- A robots body, read once: which tokens have a group, and which rules each group gives.
CREATE TABLE robots_body (
    body_sha256 VARCHAR NOT NULL,
    lowercased  BOOLEAN NOT NULL,
    findings    VARCHAR[] NOT NULL,
    reader      VARCHAR NOT NULL,        -- version of the reader that compiled it
    PRIMARY KEY (body_sha256, lowercased)
);
CREATE TABLE robots_group (
    body_sha256 VARCHAR NOT NULL,
    lowercased  BOOLEAN NOT NULL,
    token       VARCHAR NOT NULL,        -- folded product token, or *
    class       VARCHAR NOT NULL,        -- allow-all, deny-all, by-path
    ruleset     VARCHAR NOT NULL         -- digest of the rules
);
CREATE TABLE robots_rule (
    ruleset     VARCHAR NOT NULL,
    line        INTEGER NOT NULL,
    allow       BOOLEAN NOT NULL,
    pattern     VARCHAR NOT NULL,        -- as written, other octets escaped
    literal     VARCHAR NOT NULL,        -- what a path must begin with, in match form
    like_form   VARCHAR,                 -- NULL: a plain prefix, `literal` decides
    specificity INTEGER NOT NULL,        -- octets of the quoted pattern (RFC 9309 2.2.2)
    folded      BOOLEAN NOT NULL         -- compare with the path in lower case
);

-- One statement read from a capture other than robots rules.
CREATE TABLE signal (
    capture_id BIGINT NOT NULL,
    kind       VARCHAR NOT NULL,
    scope      VARCHAR NOT NULL,         -- site, page, asset, agent:NAME
    usage      VARCHAR NOT NULL,
    value      VARCHAR NOT NULL,
    gate       VARCHAR NOT NULL,
    strength   VARCHAR NOT NULL,
    specific   BOOLEAN NOT NULL,
    offer      VARCHAR NOT NULL,
    quote      VARCHAR NOT NULL,
    finding    VARCHAR NOT NULL
);

-- What a right holder handed in, and when we received it.
CREATE TABLE submission (
    submission_id BIGINT PRIMARY KEY,
    list_id       VARCHAR NOT NULL,      -- owner/slug
    version       INTEGER NOT NULL,
    received_at   TIMESTAMP NOT NULL,    -- the notice date: knowledge starts here
    issued_at     TIMESTAMP,             -- what the document says; never starts knowledge
    published_at  TIMESTAMP,             -- since when anybody could read the list
    submitter     VARCHAR NOT NULL,
    role          VARCHAR NOT NULL,
    basis         VARCHAR NOT NULL,
    format        VARCHAR NOT NULL,
    file_name     VARCHAR NOT NULL,
    file_sha256   VARCHAR NOT NULL,
    suffix_list   VARCHAR NOT NULL,      -- digest of the Public Suffix List used
    status        VARCHAR NOT NULL       -- accepted, or received: not verified yet
);
CREATE TABLE entry (
    submission_id BIGINT NOT NULL,
    entry_id      VARCHAR NOT NULL,      -- digest of scope, host, port, path: equal targets agree
    line          INTEGER NOT NULL,
    raw           VARCHAR NOT NULL,
    scope         VARCHAR NOT NULL,      -- domain, host, url_prefix, url
    host          VARCHAR NOT NULL,
    port          VARCHAR NOT NULL,
    path          VARCHAR NOT NULL,
    category      VARCHAR NOT NULL,
    work          VARCHAR NOT NULL,
    right_holder  VARCHAR NOT NULL,
    notice_date   DATE,                  -- what the submitter claims; shown, never trusted
    warnings      VARCHAR[] NOT NULL
);

-- A host that stood on an accepted list when we were about to contact it.
CREATE TABLE listed_match (
    run_id        VARCHAR NOT NULL,
    host          VARCHAR NOT NULL,
    checked_at    TIMESTAMP NOT NULL,
    entry_id      VARCHAR NOT NULL,
    submission_id BIGINT NOT NULL,
    list_id       VARCHAR NOT NULL,
    received_at   TIMESTAMP NOT NULL
);
