-- What more is told of each row: by the terms of its host at its act, by entries, by its columns?
-- Rows of which nothing more is told share the mark `default_mark`.
CREATE OR REPLACE TEMP TABLE mark AS
SELECT judged.row, (judged.row % getvariable('accesses'))::INTEGER AS access, {mark} AS mark
FROM judged
JOIN manifest AS m ON m.row = judged.row
LEFT JOIN host_term AS terms ON terms.host_id = judged.host_id
LEFT JOIN host_entry AS entry ON entry.host_id = judged.host_id
LEFT JOIN page_named ON page_named.row = judged.row
WHERE {only}
    -- Of a row that a sealed list names nothing else is told.
    AND judged.fact NOT IN (SELECT fact_id FROM beside_fact WHERE sealed <> 'no');

-- Sets of facts with a mark are numbered below all others of the shard.
CREATE OR REPLACE TEMP TABLE marked_fact AS
SELECT
    ((SELECT least(coalesce(min(fact), 0), 0) FROM judged)
        - row_number() OVER (ORDER BY fact, access, mark))::INTEGER AS fact_id,
    fact AS base,
    access,
    mark
FROM (SELECT DISTINCT judged.fact, mark.access, mark.mark FROM judged JOIN mark USING (row));

CREATE OR REPLACE TEMP TABLE judged AS
SELECT
    judged.row,
    judged.state,
    coalesce(marked_fact.fact_id, judged.fact) AS fact,
    coalesce(marked_fact.fact_id, judged.own_fact) AS own_fact,
    judged.host_id
FROM judged
LEFT JOIN mark USING (row)
LEFT JOIN marked_fact
    ON marked_fact.base = judged.fact
    AND marked_fact.access = mark.access
    AND marked_fact.mark = mark.mark;
