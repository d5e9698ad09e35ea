-- What was a run to visit, how far did it come, and who asked to be left alone?
-- A run has one frontier, of however many copies it was continued: each place, and each ending, once.
INSERT INTO frontier BY NAME
SELECT * EXCLUDE (store_number, nth)
FROM source_frontier
ANTI JOIN frontier USING (run_id, place)
QUALIFY row_number() OVER (PARTITION BY run_id, place ORDER BY store_number) = 1
ORDER BY store_number, nth;

INSERT INTO visited BY NAME
SELECT * EXCLUDE (store_number, nth)
FROM source_visited
ANTI JOIN visited USING (run_id, place)
QUALIFY row_number() OVER (PARTITION BY run_id, place ORDER BY ended_at, store_number, nth) = 1
ORDER BY store_number, nth;

INSERT INTO continuation BY NAME
SELECT * EXCLUDE (store_number, nth)
FROM source_continuation
ANTI JOIN continuation USING (run_id, started_at)
QUALIFY row_number() OVER (PARTITION BY run_id, started_at ORDER BY store_number, nth) = 1
ORDER BY store_number, nth;

INSERT INTO not_before BY NAME
SELECT * EXCLUDE (store_number, nth)
FROM source_not_before
ANTI JOIN not_before USING (name, kind, until, reason, noted_at)
QUALIFY row_number() OVER (
    PARTITION BY name, kind, until, reason, noted_at ORDER BY store_number, nth
) = 1
ORDER BY store_number, nth;
