-- How many rows changed in which way for which causes, and which are the first of them?
SELECT
    way,
    causes,
    sum(row_count)::BIGINT AS row_count,
    coalesce(list_sort(flatten(list(first_rows)))[:3], []) AS first_rows
FROM explained
GROUP BY way, causes
ORDER BY list_position(getvariable('ways'), way), row_count DESC, causes;
