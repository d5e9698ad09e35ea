-- Which rows have another verdict than before, and which rules came and went? Rows that an illegal-content
-- rule fires on are counted, and neither their host nor their number is told.
CREATE TEMP TABLE fact_set AS
SELECT row_number() OVER ()::INTEGER AS set_id, facts
FROM (
    SELECT facts FROM before_fact
    UNION
    SELECT facts FROM after_fact
);

CREATE TEMP TABLE compared AS
SELECT
    before_fact.level AS before_level,
    after_fact.level AS after_level,
    before_fact.rules AS before_rules,
    after_fact.rules AS after_rules,
    before_fact.untold AS before_untold,
    after_fact.untold AS after_untold,
    before_set.set_id AS before_set,
    after_set.set_id AS after_set,
    coalesce(said_after.host, said_before.host) AS host,
    list_concat(said_before.entries, said_after.entries) AS entries,
    before_fact.sealed OR after_fact.sealed AS sealed,
    CASE WHEN before_fact.sealed OR after_fact.sealed THEN [] ELSE pair.first_rows END AS first_rows,
    pair.row_count
FROM pair
JOIN before_answer AS said_before
    ON said_before.shard = pair.before_shard AND said_before.state = pair.before_state
    AND said_before.fact IS NOT DISTINCT FROM pair.before_fact
JOIN after_answer AS said_after
    ON said_after.shard = pair.after_shard AND said_after.state = pair.after_state
    AND said_after.fact IS NOT DISTINCT FROM pair.after_fact
JOIN before_fact
    ON before_fact.shard = said_before.shard AND before_fact.fact_id = said_before.fact_id
JOIN after_fact
    ON after_fact.shard = said_after.shard AND after_fact.fact_id = said_after.fact_id
JOIN fact_set AS before_set ON before_set.facts = before_fact.facts
JOIN fact_set AS after_set ON after_set.facts = after_fact.facts;

CREATE TEMP TABLE changed AS
SELECT
    *,
    CASE
        WHEN before_level = after_level THEN 'other'
        WHEN after_level = 'unknown' THEN 'untold'
        WHEN list_position(getvariable('levels'), after_level)
            > list_position(getvariable('levels'), before_level) THEN 'riskier'
        WHEN before_level = 'unknown' THEN 'told'
        ELSE 'cured'
    END AS way
FROM compared
WHERE before_level <> after_level OR before_rules <> after_rules OR before_untold <> after_untold;
