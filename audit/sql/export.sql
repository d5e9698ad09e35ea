-- The verdicts as they are handed on.
CREATE OR REPLACE TEMP VIEW exported AS
SELECT
    row,
    place.file AS file,
    row - place.first_row + place.first_in_file AS row_in_file,
    level,
    confidence,
    rules,
    untold,
    unobserved,
    robots,
    basis,
    host,
    refused_before,
    refused_after,
    captures,
    entries,
    shard,
    state
FROM placed;
