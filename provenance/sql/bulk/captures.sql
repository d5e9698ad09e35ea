-- The incoming captures, in their order: what is the same for all of them is said once.
INSERT INTO capture
SELECT
    $first + row_number() OVER () - 1,
    $run_id,
    c17,
    c0, c1, c2, c3,
    c4::TIMESTAMP,
    '', 'import', $source,
    c5,
    '',
    c6, c7, c8, c9,
    false,
    c10, c11, c12
FROM incoming;
