-- How many of the rows compared went from which level to which?
SELECT before_level, after_level, sum(row_count)::BIGINT AS row_count
FROM compared
GROUP BY before_level, after_level
ORDER BY
    list_position(getvariable('levels'), after_level) DESC,
    list_position(getvariable('levels'), before_level) DESC;
