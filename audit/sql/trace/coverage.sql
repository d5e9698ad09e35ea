-- How far could the rows of one file be searched?
SELECT
    count(*) AS row_count,
    count(*) FILTER (coalesce(trim(dated.url), '') = '') AS no_address,
    count(*) FILTER (own.url IS NOT NULL AND own.authority IS NULL) AS unreadable,
    count(*) FILTER (untold.url IS NOT NULL) AS untold_copies,
    count(*) FILTER (dated.lo IS NULL) AS undated
FROM dated
LEFT JOIN spelt AS own ON own.url = dated.url AND own.layer = 0
LEFT JOIN (SELECT DISTINCT url FROM spelt WHERE layer > 0 AND authority IS NULL) AS untold
    ON untold.url = dated.url;
