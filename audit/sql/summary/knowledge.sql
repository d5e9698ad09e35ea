-- What was known of the manifest's hosts?
SELECT
    (SELECT count(*) FROM host) AS hosts,
    (SELECT count(DISTINCT host_id) FROM robots_answer) AS hosts_observed,
    (SELECT count(*) FROM robots_answer) AS robots_captures,
    (SELECT count(*) FROM page_answer) AS page_captures,
    (SELECT min(seen_at) FROM robots_answer) AS first_capture,
    (SELECT max(seen_at) FROM robots_answer) AS last_capture,
    (SELECT count(DISTINCT list_id) FROM list_entry) AS lists,
    (SELECT count(DISTINCT entry_id) FROM list_entry) AS entries;
