-- How many rows have each level?
SELECT level, count(*) AS row_count
FROM judged
GROUP BY level
ORDER BY list_position(getvariable('levels'), level) DESC;
