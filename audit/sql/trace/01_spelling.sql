-- Which rows have an address that is spelt as the canonicaliser would spell it, and at which host and
-- path? Of the others the distinct addresses are spelt by the canonicaliser itself; so are those of
-- services that show copies, for what they show a copy of.
-- Asked of `dated`, the rows of one file. Parameters: copy_hosts, copy_pattern.
CREATE OR REPLACE TEMP VIEW split AS
SELECT
    row_number,
    url,
    split_part(url, '/', 3) AS authority,
    rest_of(url, split_part(url, '/', 3)) AS rest
FROM dated;

CREATE OR REPLACE TEMP MACRO may_show_copy(authority) AS
    list_contains(getvariable('copy_hosts'), authority)
    OR regexp_matches(authority, getvariable('copy_pattern'));

CREATE OR REPLACE TEMP VIEW regular AS
SELECT row_number, authority, path_of(rest) AS path
FROM split
WHERE is_regular(url, authority, rest);

CREATE OR REPLACE TABLE memory.odd_url AS  -- read by a cursor, which sees no temporary ones
SELECT DISTINCT url, coalesce(is_regular(url, authority, rest), FALSE) AS is_regular
FROM split
WHERE trim(url) <> ''
    AND (NOT coalesce(is_regular(url, authority, rest), FALSE) OR may_show_copy(authority));

-- layer 0: the address itself; 1 and so on: what it shows a copy of. No authority: it cannot be read,
-- or does not say.
CREATE OR REPLACE TEMP TABLE spelt (
    url VARCHAR, layer INTEGER, copy VARCHAR, authority VARCHAR, path VARCHAR, is_regular BOOLEAN
);
