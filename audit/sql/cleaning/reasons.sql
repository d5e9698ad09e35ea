-- Why is each row looked at first, or left out? The n-th row that says review and names a file is
-- the n-th row of that file's part for review; so with drop. Rows that are sealed have no line.
CREATE TEMP VIEW reason AS
SELECT
    part.file,
    row_fate.row - part.first_row + part.first_in_file AS row_in_file,
    CASE row_fate.fate WHEN 1 THEN 'review' ELSE 'drop' END AS fate,
    outcome.level,
    outcome.rules
FROM memory.row_fate AS row_fate
JOIN outcome USING (outcome_id)
JOIN part ON row_fate.row >= part.first_row AND row_fate.row < part.first_row + part.row_count
WHERE row_fate.fate IN (1, 2);

-- The same for CSV, where what a spreadsheet would take for a formula gets an apostrophe (OWASP ASVS
-- 5.0, 1.2.10).
CREATE TEMP VIEW reason_text AS
SELECT
    CASE WHEN file[1] IN ('=', '+', '-', '@', chr(9), chr(10), chr(13)) THEN '''' ELSE '' END || file
        AS file,
    row_in_file,
    fate,
    level,
    array_to_string(rules, ' ') AS rules
FROM reason;
