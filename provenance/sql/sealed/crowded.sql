-- Of which hosts do sealed lists name at least so many different pages? A page that two lists name
-- counts once. Parameter: how many.
SELECT place.keyed
FROM sealed_entry AS place
JOIN sealed_entry AS page
    ON page.list_id = place.list_id
    AND page.target = place.target
    AND page.scope IN ('url', 'url_prefix')
WHERE place.scope = 'pages'
GROUP BY place.keyed
HAVING count(DISTINCT page.keyed) >= ?
