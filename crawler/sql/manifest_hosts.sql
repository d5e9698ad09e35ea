-- Which hosts does the column `url` of the view `dated` name, and which few pages of each?
-- The n smallest distinct addresses stand for a host: bounded memory, and the same ones each time.
-- What a host is called is settled afterwards, once for each distinct spelling.
WITH addresses AS (
    SELECT DISTINCT
        url,
        lower(regexp_extract(trim(url), '^https?://([^/?#\\]+)', 1, 'i')) AS authority,
        lower(trim(url)) LIKE 'https:%' AS secure
    FROM dated
    WHERE url IS NOT NULL AND length(url) <= 2000
)
SELECT
    coalesce(min(url, ?) FILTER (WHERE secure), []) AS https_urls,
    coalesce(min(url, ?) FILTER (WHERE NOT secure), []) AS http_urls
FROM addresses
WHERE authority <> ''
GROUP BY authority
ORDER BY authority
