-- What is looked for. `work` is filled from the question.
CREATE TABLE memory.work (
    work INTEGER,
    kind VARCHAR,               -- url, host, digest, creator
    host VARCHAR,               -- canonical, with a port where it is not the scheme's own
    path VARCHAR,
    spellings VARCHAR[],
    algorithm VARCHAR
);

CREATE TABLE memory.found (
    work INTEGER, file INTEGER, row BIGINT, way VARCHAR, copy VARCHAR, lo TIMESTAMP, hi TIMESTAMP
);

-- A host as lists and hosts compare names: without its port.
CREATE OR REPLACE TEMP MACRO name_of(authority) AS regexp_replace(authority, ':[0-9]+$', '');
