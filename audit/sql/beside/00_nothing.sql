-- What was found of rows beside their own address: nothing yet. Run after the rows were judged.
CREATE TEMP VIEW IF NOT EXISTS digest_text AS
SELECT 0::BIGINT AS row, '' AS algorithm, '' AS text LIMIT 0;

-- Entries for a row's digest; `distance` is in bits of 256 and counts for PDQ alone.
CREATE TEMP TABLE digest_found (row BIGINT, entry_id VARCHAR);
-- Entries for what a row shows a copy of. NULL: it shows a copy, and does not tell of what.
CREATE TEMP TABLE copy_found (row BIGINT, through VARCHAR, entry_id VARCHAR);
CREATE TEMP TABLE sealed_found (row BIGINT, kind VARCHAR);
-- The facts that only such rows have; `core` and whom robots.txt refused stand in shard_fact.
CREATE TEMP TABLE beside_fact (
    fact_id INTEGER, copy_listed BOOLEAN, copy_known VARCHAR, sealed VARCHAR
);
-- Lists that name rows of a state of the shard's own by their digest.
CREATE TEMP TABLE beside_list (state_id INTEGER, list_id VARCHAR, status VARCHAR);
