-- How did the visits of this run end so far?
SELECT ending, count(*) FROM visited WHERE run_id = $run_id GROUP BY ending;
