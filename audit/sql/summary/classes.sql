-- What did robots.txt say to AI-training agents at collection, and how surely is that known?
SELECT robots, basis, count(*) AS row_count
FROM judged
GROUP BY robots, basis
ORDER BY row_count DESC, robots, basis;
