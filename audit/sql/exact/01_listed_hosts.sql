-- Which hosts of `act_host` does an entry of a right holder's list name, and since when did we know?
-- The macros stand in provenance/sql/naming.sql: a crawl asks the same before it contacts a host.

-- By host: the entry is the host (host), or the host or one of its parents (domain, subdomains).
CREATE OR REPLACE TEMP TABLE listed_host AS
WITH parent AS (
    SELECT host_id, name, unnest(parents_of(name)) AS parent
    FROM act_host
)
SELECT DISTINCT parent.host_id, list_entry.*
FROM parent
JOIN list_entry
    ON list_entry.host = parent.parent
    AND names_host(list_entry.scope, parent.parent, parent.name);

-- What of it counts, and when.
CREATE OR REPLACE TEMP TABLE listed_host_sum AS
SELECT
    host_id,
    periods_of(counts, received_at, published_at, ended_at) AS periods,
    min(received_at) FILTER (counts = 'pending') AS unverified_at,
    (list(DISTINCT entry_id ORDER BY entry_id))[:20] AS entries
FROM listed_host
GROUP BY host_id;
