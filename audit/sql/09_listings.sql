-- Which rows does an entry of a right holder's list name, and since when did we know?
-- The macros stand in provenance/sql/naming.sql: a crawl asks the same before it contacts a host.

-- By host: the entry is the host (host), or the host or one of its parents (domain, subdomains).
CREATE TEMP TABLE listed_host AS
WITH parent AS (
    SELECT
        host_id,
        name,
        unnest(parents_of(name)) AS parent
    FROM host
)
SELECT DISTINCT parent.host_id, list_entry.*
FROM parent
JOIN list_entry
    ON list_entry.host = parent.parent
    AND names_host(list_entry.scope, parent.parent, parent.name);

-- By address: the same host but for one leading www., the same port, and the path.
CREATE TEMP TABLE address_entry AS
SELECT host.host_id, list_entry.*
FROM list_entry
JOIN host
    ON without_www(host.name) = without_www(list_entry.host)
    AND substr(host.host, length(host.name) + 2) = list_entry.port
WHERE list_entry.scope IN ('url', 'url_prefix');

CREATE TEMP TABLE listed_row AS
SELECT timed.row_number, address_entry.*
FROM timed
JOIN address_entry
    ON address_entry.host_id = timed.host_id
    AND names_page(address_entry.scope, address_entry.path, timed.path);

-- What of it counts: the earliest receipt and the earliest publication of what is accepted.
CREATE TEMP TABLE listed_host_sum AS
SELECT
    host_id,
    min(received_at) FILTER (status = 'accepted') AS received_at,
    min(published_at) FILTER (status = 'accepted') AS published_at,
    min(received_at) FILTER (status <> 'accepted') AS unverified_at,
    (list(DISTINCT entry_id ORDER BY entry_id))[:20] AS entries
FROM listed_host
GROUP BY host_id;

CREATE TEMP TABLE listed_row_sum AS
SELECT
    row_number,
    min(received_at) FILTER (status = 'accepted') AS received_at,
    min(published_at) FILTER (status = 'accepted') AS published_at,
    min(received_at) FILTER (status <> 'accepted') AS unverified_at,
    (list(DISTINCT entry_id ORDER BY entry_id))[:20] AS entries
FROM listed_row
GROUP BY row_number;
