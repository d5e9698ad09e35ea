-- Which rows does any entry name, by address or by digest? The first so many.
SELECT row_number
FROM (
    SELECT row_number FROM dated WHERE coalesce(url, '') IN (SELECT url FROM named)
    UNION
    SELECT row_number FROM digest_row
)
ORDER BY row_number
LIMIT ?
