-- Of how many hosts has the visit not ended, and when may the first of them be asked?
-- NULL: at any time.
WITH waiting AS (
    SELECT name, max(until) AS until FROM not_before WHERE kind = 'host' AND until > $now GROUP BY name
)
SELECT count(*), min(coalesce(until, $now))
FROM frontier
ANTI JOIN (SELECT place FROM visited WHERE run_id = $run_id) AS ended USING (place)
LEFT JOIN waiting ON waiting.name = frontier.host
WHERE run_id = $run_id;
