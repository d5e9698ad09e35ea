-- Which different beginnings (scheme, host and port) do the manifest's addresses have, and in how many
-- rows? One that is not written plainly begins with nothing, and is read whole.
CREATE TEMP MACRO beginning_of(url) AS coalesce(
    lower(regexp_extract(trim(url), '^(https?://[^/?#\\@%\s]+)(?:[/?#]|$)', 1, 'i')), ''
);

CREATE TEMP TABLE beginning AS
SELECT beginning_of(url) AS text, count(*) AS row_count
FROM dated
GROUP BY ALL;
