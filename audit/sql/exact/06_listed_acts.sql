-- Which acts does an entry for an address name?

-- By address: the same host but for one leading www., the same port, and the path.
CREATE OR REPLACE TEMP TABLE address_entry AS
SELECT act_host.host_id, list_entry.*
FROM list_entry
JOIN act_host
    ON without_www(act_host.name) = without_www(list_entry.host)
    AND substr(act_host.host, length(act_host.name) + 2) = list_entry.port
WHERE list_entry.scope IN ('url', 'url_prefix');

CREATE OR REPLACE TEMP TABLE listed_act AS
SELECT timed.act_id, address_entry.*
FROM timed
JOIN address_entry
    ON address_entry.host_id = timed.host_id
    AND names_page(address_entry.scope, address_entry.path, timed.path);

CREATE OR REPLACE TEMP TABLE listed_act_sum AS
SELECT
    act_id,
    periods_of(counts, received_at, published_at, ended_at) AS periods,
    min(received_at) FILTER (counts = 'pending') AS unverified_at,
    (list(DISTINCT entry_id ORDER BY entry_id))[:20] AS entries
FROM listed_act
GROUP BY act_id;
