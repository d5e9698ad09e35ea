-- Where does the host end in the URLs of the other rows, and are they spelt as the canonicaliser
-- would spell them? A host that is known as it is spelt is spelt well; of others regular means:
-- http(s), a lower-case name without port, user or A-label.
CREATE TEMP TABLE aside AS
SELECT
    seen.row,
    CASE WHEN on_leaf.changes THEN 2 ELSE 0 END::UTINYINT | (seen.aside & 39)::UTINYINT AS aside,
    seen.lo,
    seen.hi,
    seen.host_id,
    coalesce(on_leaf.state, seen.state) AS state,
    coalesce(on_leaf.fact, seen.fact) AS fact,
    seen.question_id,
    seen.url,
    split_part(seen.url, '/', 3) AS authority
FROM seen
LEFT JOIN on_leaf ON seen.aside & 8 > 0 AND on_leaf.row = seen.row
WHERE seen.aside & 6 > 0
    OR seen.row IN (
        SELECT row FROM asked_path WHERE form IS NULL
        UNION ALL
        FROM own_word
        UNION ALL
        SELECT row FROM on_leaf WHERE changes
    );

CREATE TEMP TABLE spelling AS
SELECT
    row,
    path_of(rest) AS path,
    form_of(rest) AS match_form
FROM (SELECT row, url, aside, authority, rest_of(url, authority) AS rest FROM aside)
WHERE form_of(rest) IS NOT NULL AND (aside & 4 = 0 OR is_regular(url, authority, rest));

-- The distinct URLs that are not regular.
CREATE TABLE memory.odd_url AS  -- read by a cursor, which sees no temporary ones
SELECT DISTINCT url
FROM aside
ANTI JOIN spelling USING (row)
WHERE url IS NOT NULL;
