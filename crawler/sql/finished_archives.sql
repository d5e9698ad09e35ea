-- Which files of this size were read to their end, at least as far as is asked for now?
SELECT sha256, captures, skipped
FROM archive
WHERE octets = $octets AND (NOT robots_only OR $robots_only)
ORDER BY finished_at;
