-- Three rows of each rule that fires, to look at: of the highest level first, and then the first
-- ones. Each set of facts brings its first three.
WITH candidate AS (
    SELECT
        fired.rule_id,
        fired.level,
        facts.shard,
        shard.first_row + unnest(facts.first_rows) AS row
    FROM shard_fired AS fired
    JOIN shard_facts AS facts USING (shard, fact_id)
    JOIN shard USING (shard)
    -- A sample shows its address: of what sealed lists name, none is shown for any rule.
    WHERE fired.fires AND facts.sealed = 'no'
)
SELECT rule_id, shard, row
FROM candidate
QUALIFY row_number() OVER (
    PARTITION BY rule_id
    ORDER BY list_position(getvariable('levels'), level) DESC, row
) <= 3
ORDER BY rule_id, row;
