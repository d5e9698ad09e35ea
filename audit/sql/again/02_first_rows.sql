-- Of each set of facts three rows are shown, its first. Which are they now?

-- Where one of the three was judged again, the next ones have to be looked for.
CREATE TEMP TABLE first_row AS
SELECT fact_id, row
FROM (SELECT fact_id, unnest(first_rows) AS row FROM old_facts) AS shown
ANTI JOIN stale_row USING (row);

CREATE TEMP TABLE short_fact AS
SELECT left_fact.fact_id
FROM (SELECT fact_id, sum(row_count) AS row_count FROM left_tally GROUP BY fact_id) AS left_fact
LEFT JOIN (SELECT fact_id, count(*) AS shown FROM first_row GROUP BY fact_id) AS shown
    USING (fact_id)
WHERE coalesce(shown, 0) < least(row_count, 3);

CREATE TEMP TABLE short_row AS
SELECT fact AS fact_id, row
FROM old_verdicts
WHERE fact IN (FROM short_fact)
UNION ALL
SELECT state.fact_id, old.row
FROM old_verdicts AS old
JOIN (SELECT state_id, fact_id FROM state SEMI JOIN short_fact USING (fact_id)) AS state
    ON state.state_id = old.state
WHERE old.fact IS NULL;

CREATE TEMP TABLE merged_first AS
SELECT fact_id, list_sort(list_distinct(min(row, 3))) AS first_rows
FROM (
    SELECT fact_id, row
    FROM first_row
    ANTI JOIN short_fact USING (fact_id)
    UNION ALL
    SELECT fact_id, unnest(min(row, 3))
    FROM short_row
    ANTI JOIN stale_row USING (row)
    GROUP BY fact_id
    UNION ALL
    SELECT new_fact_id(fact_id), unnest(first_rows)
    FROM kept_facts
)
GROUP BY fact_id;

CREATE TEMP VIEW merged_facts AS
SELECT every.* REPLACE (met_fact.row_count AS row_count, merged_first.first_rows AS first_rows)
FROM (
    SELECT old_facts.*
    FROM old_facts
    UNION ALL BY NAME
    SELECT kept_facts.* REPLACE (new_fact_id(kept_facts.fact_id) AS fact_id)
    FROM kept_facts
    ANTI JOIN old_facts ON old_facts.fact_id = new_fact_id(kept_facts.fact_id)
) AS every
JOIN met_fact USING (fact_id)
JOIN merged_first USING (fact_id)
ORDER BY fact_id;
