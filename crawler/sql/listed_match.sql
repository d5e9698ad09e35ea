-- Which hosts of this run stood on a list when they were about to be contacted?
INSERT INTO listed_match
SELECT
    ? AS run_id,
    host,
    ? AS checked_at,
    entry_id,
    submission_id,
    list_id,
    received_at
FROM (
    SELECT
        unnest(?::VARCHAR[]) AS host,
        unnest(?::VARCHAR[]) AS entry_id,
        unnest(?::BIGINT[]) AS submission_id,
        unnest(?::VARCHAR[]) AS list_id,
        unnest(?::TIMESTAMP[]) AS received_at
)
