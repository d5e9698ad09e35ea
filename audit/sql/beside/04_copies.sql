-- Which entries name what a row shows a copy of? By the outermost layer they are told apart; they
-- never count as entries for the row's own address.
CREATE TEMP TABLE copy_named AS
WITH layer AS (
    SELECT *, without_www(host) AS plain FROM copy_layer WHERE host IS NOT NULL
),
parent AS (
    SELECT url, through, host, unnest(parents_of(host)) AS parent FROM layer
)
SELECT parent.url, parent.through, entry.entry_id
FROM parent
JOIN list_entry AS entry
    ON entry.host = parent.parent AND names_host(entry.scope, parent.parent, parent.host)
UNION
SELECT layer.url, layer.through, entry.entry_id
FROM layer
JOIN (FROM list_entry WHERE scope IN ('url', 'url_prefix')) AS entry
    ON without_www(entry.host) = layer.plain
    AND entry.port = layer.port
    AND names_page(entry.scope, entry.path, layer.path)
UNION
-- A short address of an archive.
SELECT url, through, NULL FROM copy_layer WHERE host IS NULL;

INSERT INTO copy_found
SELECT DISTINCT judged.row, named.through, named.entry_id
FROM judged
SEMI JOIN copy_host USING (host_id)
JOIN manifest USING (row)
JOIN copy_named AS named USING (url);
