-- For how many rows and hosts does each rule fire, for how many of them is that only possible, and
-- for how many can it not be told?
WITH counted AS (
    SELECT
        fired.rule_id,
        coalesce(sum(facts.row_count) FILTER (fires), 0)::BIGINT AS rows_fired,
        coalesce(
            sum(facts.row_count) FILTER (fires AND fired.confidence = 'possibly'), 0
        )::BIGINT AS possible,
        coalesce(sum(facts.row_count) FILTER (NOT fires), 0)::BIGINT AS untold
    FROM shard_fired AS fired
    JOIN shard_facts AS facts USING (shard, fact_id)
    GROUP BY fired.rule_id
),
by_level AS (
    SELECT
        rule_id,
        map_from_entries(list((level, row_count) ORDER BY list_position(getvariable('levels'), level) DESC))
            AS levels
    FROM (
        SELECT fired.rule_id, fired.level, sum(facts.row_count)::BIGINT AS row_count
        FROM shard_fired AS fired
        JOIN shard_facts AS facts USING (shard, fact_id)
        WHERE fired.fires
        GROUP BY fired.rule_id, fired.level
    )
    GROUP BY rule_id
),
-- Each host once, by its number or, where nothing is known of it, by its name.
met AS (
    SELECT DISTINCT fired.rule_id, tally.host_id, tally.host
    FROM shard_tally AS tally
    JOIN shard_fired AS fired USING (shard, fact_id)
    WHERE fired.fires AND (tally.host_id IS NOT NULL OR tally.host IS NOT NULL)
)
SELECT
    counted.rule_id,
    counted.rows_fired,
    counted.possible,
    counted.untold,
    (SELECT count(*) FROM met WHERE met.rule_id = counted.rule_id) AS hosts,
    coalesce(by_level.levels, MAP {}) AS levels
FROM counted
LEFT JOIN by_level USING (rule_id)
ORDER BY counted.rule_id;
