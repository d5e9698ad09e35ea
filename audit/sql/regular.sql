-- Is an address spelt as the canonicaliser (provenance/urls.py) would spell it? `rest` is what follows its
-- host (compared.sql). NULL: there is no address.
CREATE OR REPLACE TEMP MACRO is_regular(url, authority, rest) AS
    (starts_with(url, 'http://') OR starts_with(url, 'https://'))
    AND regexp_full_match(
        authority, '([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?'
    )
    AND strlen(authority) <= 253
    AND NOT contains(authority, 'xn--')
    AND NOT regexp_matches(authority, '[^.]{64}')
    AND form_of(rest) IS NOT NULL;
