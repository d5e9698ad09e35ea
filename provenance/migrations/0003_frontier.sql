-- What a crawl is to visit, how far it came, and who asked not to be visited before a certain time.
-- Rows are added, never changed: a host is to be visited while no row says that its visit ended, and
-- a probe of it is done when a capture of the same run has its address.

-- A host that a run is to visit.
CREATE TABLE frontier (
    run_id  VARCHAR NOT NULL,
    place   BIGINT NOT NULL,       -- from 0, in the order of the visits
    host    VARCHAR NOT NULL,      -- host[:port], canonical
    schemes VARCHAR[] NOT NULL,    -- in the order they are tried
    paths   VARCHAR[] NOT NULL     -- canonical, the front page first
);

-- A host whose visit came to its end.
CREATE TABLE visited (
    run_id   VARCHAR NOT NULL,
    place    BIGINT NOT NULL,
    host     VARCHAR NOT NULL,
    ending   VARCHAR NOT NULL,     -- visited, gated, refused, unreachable, unreadable, too-slow, listed
    ended_at TIMESTAMP NOT NULL
);

-- A run that was taken up again, with the settings it had from then on.
CREATE TABLE continuation (
    run_id     VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    settings   JSON NOT NULL,
    provisor   VARCHAR NOT NULL
);

-- Who asked to be left alone until when.
CREATE TABLE not_before (
    name     VARCHAR NOT NULL,     -- host[:port], or the address[:port] that answered
    kind     VARCHAR NOT NULL,     -- host, address
    until    TIMESTAMP NOT NULL,
    reason   VARCHAR NOT NULL,     -- retry-after, crawl-delay
    noted_at TIMESTAMP NOT NULL
);
