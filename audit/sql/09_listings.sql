-- Which rows does an entry of a right holder's list name, and since when did we know?

-- By host: the entry is the host (host), or the host or one of its parents (domain, subdomains).
CREATE TEMP TABLE listed_host AS
WITH parent AS (
    SELECT
        host_id,
        name,
        unnest(list_transform(
            range(1, len(string_split(name, '.')) + 1),
            lambda k: array_to_string(string_split(name, '.')[k:], '.')
        )) AS parent
    FROM host
)
SELECT DISTINCT parent.host_id, list_entry.*
FROM parent
JOIN list_entry
    ON list_entry.host = parent.parent
    AND CASE list_entry.scope
        WHEN 'domain' THEN TRUE
        WHEN 'host' THEN parent.parent = parent.name
        WHEN 'subdomains' THEN parent.parent <> parent.name
        ELSE FALSE
    END;

-- By address: the same host but for one leading www., the same port, and the path.
CREATE TEMP TABLE address_entry AS
SELECT host.host_id, list_entry.*
FROM list_entry
JOIN host
    ON regexp_replace(host.name, '^www\.', '') = regexp_replace(list_entry.host, '^www\.', '')
    AND substr(host.host, length(host.name) + 2) = list_entry.port
WHERE list_entry.scope IN ('url', 'url_prefix');

CREATE TEMP TABLE listed_row AS
SELECT timed.row_number, address_entry.*
FROM timed
JOIN address_entry
    ON address_entry.host_id = timed.host_id
    AND CASE address_entry.scope
        WHEN 'url' THEN timed.path = address_entry.path
        ELSE starts_with(timed.path, address_entry.path)
            AND (
                address_entry.path[-1] = '/'
                OR length(timed.path) = length(address_entry.path)
                OR timed.path[length(address_entry.path) + 1] IN ('/', '?')
            )
    END;

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
