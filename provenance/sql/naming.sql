-- What does it mean in SQL that an entry names a host or a page? (blocklists/matching.py defines it.)

-- The host itself and all its parents, one of which an entry's host has to equal.
CREATE OR REPLACE TEMP MACRO parents_of(name) AS list_transform(
    range(1, len(string_split(name, '.')) + 1),
    lambda k: array_to_string(string_split(name, '.')[k:], '.')
);

-- An entry for this parent of a host: exactly the host, the host and all below it, or all below it.
CREATE OR REPLACE TEMP MACRO names_host(scope, parent, name) AS CASE scope
    WHEN 'domain' THEN TRUE
    WHEN 'host' THEN parent = name
    WHEN 'subdomains' THEN parent <> name
    ELSE FALSE
END;

-- Hosts of addresses are the same but for one leading www.
CREATE OR REPLACE TEMP MACRO without_www(name) AS regexp_replace(name, '^www\.', '');

-- An entry for an address of this host: the page itself, or what lies below it at a boundary.
CREATE OR REPLACE TEMP MACRO names_page(scope, named, asked_for) AS CASE scope
    WHEN 'url' THEN asked_for = named
    WHEN 'url_prefix' THEN starts_with(asked_for, named) AND (
        named[-1] = '/'
        OR length(asked_for) = length(named)
        OR asked_for[length(named) + 1] IN ('/', '?')
    )
    ELSE FALSE
END;

-- Whether a period of an entry (listing_periods.sql) counts at a moment: from its receipt to before
-- its end.
CREATE OR REPLACE TEMP MACRO counts_at(counts, received_at, ended_at, moment) AS
    counts = 'yes' AND received_at <= moment AND (ended_at IS NULL OR ended_at > moment);
