-- Which acts have to be judged each by itself, and where? The same act is judged once.
CREATE TEMP TABLE act_row AS
SELECT
    row, host_id, lo, hi, path, is_robots,
    -- A path that is not looked at is one that no rule speaks of: so is the empty one.
    CASE WHEN path IS NULL THEN '' ELSE match_form END AS match_form,
    agent_of(row % getvariable('accesses')) AS agent
FROM way
WHERE way = 'act';

CREATE OR REPLACE TEMP TABLE act AS
SELECT
    (row_number() OVER (ORDER BY host_id, lo, hi, path, match_form, agent) - 1)::INTEGER AS act_id,
    *
FROM (SELECT DISTINCT host_id, lo, hi, path, match_form, is_robots, agent FROM act_row);

CREATE OR REPLACE TEMP TABLE act_host AS
SELECT host_id, host, name
FROM (FROM host UNION ALL FROM new_host)
WHERE host_id IN (SELECT host_id FROM act);
