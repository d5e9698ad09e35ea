-- Which way does each row go that is judged by itself, and of which host and path is it?
-- `odd` holds what the canonicaliser made of the URLs that are not regular.
CREATE TEMP TABLE spelt AS
SELECT
    aside.row,
    aside.lo,
    aside.hi,
    aside.host_id,
    CASE
        WHEN aside.aside & 4 = 0 THEN NULL
        WHEN spelling.row IS NOT NULL THEN aside.authority
        ELSE odd.host
    END AS host,
    -- A path that nothing hangs on is not looked at.
    CASE WHEN aside.aside & 37 > 0 THEN coalesce(spelling.path, odd.path) END AS path,
    CASE WHEN aside.aside & 37 > 0 THEN coalesce(spelling.match_form, odd.match_form) END
        AS match_form,
    -- It names no web address: not known, wherever its text seems to lead.
    aside.aside & 4 > 0 AND spelling.row IS NULL AND odd.host IS NULL AS unreadable
FROM aside
LEFT JOIN spelling ON spelling.row = aside.row
LEFT JOIN odd ON spelling.row IS NULL AND odd.url = aside.url;

-- The hosts of these rows. That of all hosts is the longer list: it passes by the short one.
CREATE TEMP TABLE met_host AS
SELECT DISTINCT host FROM spelt WHERE host IS NOT NULL;
CREATE TEMP TABLE known_host AS
SELECT host_id, host FROM host SEMI JOIN met_host USING (host);

-- Hosts that no capture and no entry is of.
CREATE TEMP TABLE new_host AS
SELECT
    ((SELECT coalesce(max(host_id), 0) FROM host) + row_number() OVER (ORDER BY host))::INTEGER
        AS host_id,
    host,
    regexp_replace(host, ':[0-9]+$', '') AS name
FROM met_host
ANTI JOIN known_host USING (host);

-- Those of them that an entry for a parent, or an address, may name.
CREATE TEMP TABLE new_listed AS
SELECT DISTINCT host_id
FROM (SELECT host_id, unnest(parents_of(name)) AS parent FROM new_host) AS labels
WHERE parent IN (SELECT host FROM list_entry UNION ALL SELECT without_www(host) FROM list_entry);

-- Each row goes one of three ways.
CREATE TEMP TABLE way AS
SELECT
    spelt.row, spelt.lo, spelt.hi, spelt.path, spelt.match_form,
    coalesce(spelt.host_id, known_host.host_id, new_host.host_id) AS host_id,
    -- /robots.txt itself is never refused (RFC 9309, section 2.2.2).
    coalesce(regexp_matches(spelt.path, '^/robots\.txt(\?|$)'), FALSE) AS is_robots,
    CASE
        WHEN spelt.unreadable THEN 'unreadable'
        WHEN new_host.host_id IS NOT NULL AND new_listed.host_id IS NULL THEN 'unknown'
        ELSE 'act'
    END AS way
FROM spelt
LEFT JOIN known_host ON known_host.host = spelt.host
LEFT JOIN new_host ON new_host.host = spelt.host
LEFT JOIN new_listed ON new_listed.host_id = new_host.host_id;
