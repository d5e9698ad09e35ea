-- Which terms, and which entries with more to tell, are of each host that was met?
CREATE OR REPLACE TEMP TABLE met_host AS
SELECT host_id, name
FROM (SELECT host_id, name FROM host UNION ALL SELECT host_id, name FROM new_host)
WHERE host_id IN (SELECT host_id FROM judged);

CREATE OR REPLACE TEMP TABLE met_parent AS
SELECT host_id, name, unnest(parents_of(name)) AS parent
FROM met_host;

-- The terms of a site hold for all below it; those of no site, for the whole dataset.
CREATE OR REPLACE TEMP TABLE host_term AS
WITH every AS (
    SELECT met_parent.host_id, term.*
    FROM met_parent
    JOIN term ON term.site = met_parent.parent
    UNION ALL
    SELECT met_host.host_id, term.*
    FROM met_host
    CROSS JOIN (FROM term WHERE site = '') AS term
)
SELECT
    host_id,
    list({'lo': lo, 'hi': hi}) FILTER (kind = 'licence') AS licences,
    list({'lo': lo, 'hi': hi}) FILTER (kind = 'dataset') AS datasets,
    list({'lo': lo, 'hi': hi}) FILTER (kind = 'api') AS apis,
    list({'lo': lo, 'hi': hi}) FILTER (kind = 'sale') AS sales,
    list({'lo': lo, 'hi': hi}) FILTER (kind = 'reservation') AS reservations,
    bool_or(kind = 'shared') OR NULL AS shared,
    bool_or(kind = 'bulk') OR NULL AS bulk
FROM every
GROUP BY host_id;

-- What courts and authorities named, what is disputed, and what ended without having been an error.
CREATE OR REPLACE TEMP TABLE host_entry AS
SELECT
    met_parent.host_id,
    min(coalesce(entry.published_at, entry.received_at)) FILTER (
        entry.role = 'authority' OR entry.basis IN ('court_order', 'administrative_order')
    ) AS decided_at,
    min(entry.ended_at) AS ended_at,
    coalesce(bool_or(entry.status = 'disputed'), FALSE) AS disputed
FROM met_parent
JOIN list_entry AS entry
    ON entry.host = met_parent.parent
    AND names_host(entry.scope, met_parent.parent, met_parent.name)
WHERE entry.counts = 'yes'
GROUP BY met_parent.host_id;

-- Rows whose very address is named.
CREATE OR REPLACE TEMP TABLE page_named AS
SELECT row FROM relisted WHERE listed
UNION
SELECT act_row.row
FROM act_row
JOIN act
    ON act.host_id = act_row.host_id
    AND act.lo IS NOT DISTINCT FROM act_row.lo
    AND act.hi IS NOT DISTINCT FROM act_row.hi
    AND act.path IS NOT DISTINCT FROM act_row.path
WHERE act.act_id IN (SELECT act_id FROM listed_act WHERE counts = 'yes');
