-- Which hosts of this run come next?
-- Those whose visit has not ended, and who did not ask to be left alone for longer.
WITH waiting AS (
    SELECT DISTINCT name FROM not_before WHERE kind = 'host' AND until > $now
)
SELECT place, host, schemes, paths
FROM frontier
ANTI JOIN (SELECT place FROM visited WHERE run_id = $run_id AND place > $after) AS ended USING (place)
ANTI JOIN waiting ON waiting.name = frontier.host
WHERE run_id = $run_id AND place > $after
ORDER BY place
LIMIT $size;
