-- Which rows do sealed lists name, by host or by digest? Compared are keyed digests: HMAC-SHA-256
-- (RFC 2104), of which `inner_pad` and `outer_pad` are the key. Nothing of a list is read but these.
CREATE OR REPLACE TEMP MACRO keyed(text) AS
    unhex(sha256(getvariable('outer_pad') || unhex(sha256(getvariable('inner_pad') || encode(text)))));

-- Hosts that were met, each with its parents, and whether single pages of it are listed.
CREATE TEMP TABLE sealed_host AS
WITH met AS (
    SELECT host_id, name, regexp_extract(host, ':([0-9]+)$', 1) AS port
    FROM (FROM host UNION ALL FROM new_host)
    WHERE host_id IN (SELECT DISTINCT host_id FROM judged)
),
asked AS (
    SELECT host_id, name = parent AS itself, FALSE AS pages, keyed('n|' || parent) AS keyed
    FROM (SELECT host_id, name, unnest(parents_of(name)) AS parent FROM met)
    UNION ALL
    SELECT host_id, TRUE, TRUE, keyed('h|' || without_www(name) || '|' || port)
    FROM met
)
SELECT asked.host_id, asked.pages, list.kind
FROM asked
JOIN sealed.sealed_entry AS entry USING (keyed)
JOIN sealed.sealed_list AS list USING (list_id)
WHERE CASE
    WHEN asked.pages THEN entry.scope = 'pages'
    WHEN asked.itself THEN entry.scope IN ('domain', 'host')
    ELSE entry.scope IN ('domain', 'subdomains')
END;

INSERT INTO sealed_found
SELECT judged.row, sealed_host.kind
FROM judged
JOIN (FROM sealed_host WHERE NOT pages) AS sealed_host USING (host_id);

INSERT INTO sealed_found
SELECT asked.row, list.kind
FROM (
    SELECT row, keyed('d|' || algorithm || '|' || digest_form(text)) AS keyed
    FROM digest_text
    WHERE algorithm <> 'pdq'
) AS asked
JOIN (FROM sealed.sealed_entry WHERE scope = 'hash') AS entry USING (keyed)
JOIN sealed.sealed_list AS list USING (list_id);

-- Addresses that have to be looked at one by one: of hosts with single pages that are listed, and
-- those that show copies of others.
CREATE TABLE memory.sealed_url AS  -- read by a cursor, which sees no temporary ones
SELECT DISTINCT manifest.url
FROM judged
JOIN manifest ON manifest.row = judged.row
WHERE judged.host_id IN (SELECT host_id FROM sealed_host WHERE pages)
    OR judged.host_id IN (
        SELECT host_id
        FROM (FROM host UNION ALL FROM new_host)
        WHERE host_id IN (SELECT DISTINCT host_id FROM judged) AND shows_copies(name)
    );
CREATE TEMP TABLE sealed_page (url VARCHAR, kind VARCHAR);
