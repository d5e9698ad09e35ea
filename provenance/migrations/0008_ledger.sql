-- The ledger: a digest of each record, in the order in which they came, and what they come to.
-- Rows are added, never changed.

-- The name by which this store's checkpoints are known (C2SP tlog-checkpoint: origin).
CREATE TABLE ledger_origin (
    origin  VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);

-- One leaf for each record: `seq` has no gaps.
CREATE TABLE ledger (
    seq  BIGINT NOT NULL,
    kind VARCHAR NOT NULL,       -- capture, submission …: provenance/sql/ledger/<kind>.sql
    key  VARCHAR NOT NULL,       -- by which the record is found; none of the store's own numbers
    leaf BLOB NOT NULL           -- SHA-256 of 0x00 and the record as canonical JSON (RFC 6962, 2.1)
);

-- What the leaves came to after each transaction that added any.
CREATE TABLE checkpoint (
    size    BIGINT NOT NULL,     -- leaves
    root    BLOB NOT NULL,       -- RFC 6962, section 2.1
    peaks   BLOB NOT NULL,       -- roots of the full subtrees of `size`, largest first
    sealed  VARCHAR NOT NULL,    -- JSON: rows of each kind's table that have their leaves
    made_at TIMESTAMP NOT NULL
);
