-- Where does each URL's host end, and is the URL already spelt as the canonicaliser would spell it?
-- Regular means: http(s), a lower-case name without port, user or A-label, a path without escapes,
-- dot segments, empty query or characters that are escaped. All other URLs go to the canonicaliser itself.
CREATE TEMP VIEW split AS
SELECT
    row_number,
    url,
    lo,
    hi,
    authority,
    substr(url, 8 + starts_with(url, 'https://')::INTEGER + strlen(authority)) AS rest,
    coalesce(
        (starts_with(url, 'http://') OR starts_with(url, 'https://'))
        AND regexp_full_match(
            authority, '([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?'
        )
        AND strlen(authority) <= 253
        AND NOT contains(authority, 'xn--')
        AND NOT regexp_matches(authority, '[^.]{64}')
        AND regexp_full_match(rest, '(/[A-Za-z0-9/_.~!$&()*+,;=:@?#-]*)?')
        AND NOT regexp_matches(rest, '/\.\.?([/?#]|$)|\?(#|$)'),
        FALSE
    ) AS regular
FROM (
    SELECT *, split_part(url, '/', 3) AS authority FROM manifest
);

-- The distinct URLs that are not regular.
CREATE TABLE odd_url AS
SELECT DISTINCT url FROM split WHERE NOT regular AND url IS NOT NULL;
