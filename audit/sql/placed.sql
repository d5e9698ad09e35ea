-- In which file does each row stand, and where? A part that holds many rows stands for whole blocks of
-- 1,024 of them, so that a row finds its part by one look-up and the order of rows is kept.
CREATE OR REPLACE TEMP TABLE block AS
SELECT
    block,
    list({'file': file, 'first_row': first_row, 'first_in_file': first_in_file} ORDER BY first_row)
        AS parts
FROM (
    SELECT *, unnest(range(first_row // 1024, (first_row + row_count - 1) // 1024 + 1)) AS block
    FROM part
    WHERE row_count > 0
)
GROUP BY block;

CREATE OR REPLACE TEMP VIEW placed AS
SELECT
    verdict.*,
    CASE WHEN len(parts) = 1 THEN parts[1]
        ELSE list_filter(parts, lambda one: one.first_row <= verdict.row)[-1]
    END AS place
FROM verdict
JOIN block ON block.block = verdict.row // 1024;
