-- What becomes of each row, in the order of the rows? Outcome 0: it was removed before.
CREATE TABLE memory.row_fate AS  -- also read by a cursor, which sees no temporary ones
SELECT
    said.row,
    CASE WHEN suppressed.row IS NULL OR outcome.fate = 3 THEN outcome.fate ELSE 2 END::UTINYINT AS fate,
    CASE WHEN suppressed.row IS NULL OR outcome.fate >= 2 THEN outcome.outcome_id ELSE 0 END::UINTEGER
        AS outcome_id
FROM row_verdict AS said
LEFT JOIN shard_states AS shard_state
    ON shard_state.shard = said.shard AND shard_state.state_id = said.state
LEFT JOIN state
    ON state.state_id = CASE WHEN said.state < 0 THEN shard_state.base ELSE said.state END
JOIN outcome
    ON outcome.shard = said.shard AND outcome.fact_id = coalesce(said.fact, state.fact_id)
LEFT JOIN suppressed ON suppressed.row = said.row;

INSERT INTO outcome VALUES (0, NULL, NULL, 'high', 2, ['REM-03']);
