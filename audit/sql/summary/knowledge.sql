-- What was known of the manifest's hosts?
WITH met AS (
    SELECT DISTINCT host_id
    FROM shard_tally
    WHERE host_id IS NOT NULL
),
seen AS (
    SELECT *
    FROM host_seen
    SEMI JOIN met USING (host_id)
)
SELECT
    (SELECT count(*) FROM met)
        + (SELECT count(DISTINCT host) FROM shard_tally WHERE host_id IS NULL) AS hosts,
    (SELECT count(*) FROM seen WHERE robots_captures > 0) AS hosts_observed,
    (SELECT coalesce(sum(robots_captures), 0)::BIGINT FROM seen) AS robots_captures,
    (SELECT coalesce(sum(page_captures), 0)::BIGINT FROM seen) AS page_captures,
    (SELECT min(first_capture) FROM seen) AS first_capture,
    (SELECT max(last_capture) FROM seen) AS last_capture,
    (SELECT count(DISTINCT list_id) FROM named_entry) AS lists,
    (SELECT count(DISTINCT entry_id) FROM named_entry) AS entries;
