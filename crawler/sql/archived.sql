-- Which imported captures of these addresses stand in a file, and where?
SELECT url, captured_at, kind, record_offset, record_length, evidence.sha256, file
FROM capture
JOIN evidence USING (capture_id)
WHERE method = 'import' AND hop = 0 AND kind = 'response' AND len(hops) = 0
    AND url IN (SELECT unnest($urls))
ORDER BY capture_id;
