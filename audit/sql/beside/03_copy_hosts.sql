-- Which addresses that were met may show copies of others? Hosts first: they are few.
CREATE OR REPLACE TEMP TABLE copy_host AS
SELECT host_id
FROM (FROM host UNION ALL FROM new_host)
WHERE host_id IN (SELECT DISTINCT host_id FROM judged)
    AND shows_copies(name);

CREATE TABLE memory.copy_url AS  -- read by a cursor, which sees no temporary ones
SELECT DISTINCT manifest.url
FROM judged
SEMI JOIN copy_host USING (host_id)
JOIN manifest USING (row);

-- What each shows a copy of, layer by layer; without a host where it does not tell.
CREATE TEMP TABLE copy_layer (
    url VARCHAR, layer INTEGER, through VARCHAR, host VARCHAR, port VARCHAR, path VARCHAR
);
