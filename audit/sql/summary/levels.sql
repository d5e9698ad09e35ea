-- How many rows have each level?
SELECT level, sum(row_count)::BIGINT AS row_count
FROM shard_facts
GROUP BY level
ORDER BY list_position(getvariable('levels'), level) DESC;
