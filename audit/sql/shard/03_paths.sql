-- Which rules have to be asked of which path? Of rows that are set aside for their path only. `form`
-- is NULL where the path is not spelt as the canonicaliser would spell it (provenance/urls.py): with
-- dot segments, an empty query, characters that are escaped, or escapes that are written otherwise.
CREATE TEMP TABLE asked_path AS
SELECT
    row,
    host_id,
    state,
    fact,
    question_id,
    CASE WHEN own > 0 THEN path END AS path,
    -- As robots rules are compared with it (provenance/robots_form.py).
    CASE
        WHEN contains(rest, '%') THEN
            CASE
                WHEN regexp_full_match(
                        rest,
                        '(/([A-Za-z0-9/_.~!$&()*+,;=:@?#-]|%([01][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[BCDF]|[89A-F][0-9A-F]))*)?'
                    )
                    AND NOT regexp_matches(rest, '/\.\.?([/?#]|$)|\?(#|$)')
                    THEN try(url_decode(regexp_replace(path, '%(2F|25)', '%25\1', 'g')))
            END
        WHEN NOT regexp_full_match(rest, '(/[A-Za-z0-9/_.~!$&()*+,;=:@?#-]*)?') THEN NULL
        WHEN contains(rest, '/.') THEN
            CASE WHEN NOT regexp_matches(rest, '/\.\.?([/?#]|$)|\?(#|$)') THEN path END
        WHEN ends_with(rest, '?') OR contains(rest, '?#') THEN NULL
        ELSE path
    END AS form
FROM (
    SELECT
        seen.row, seen.host_id, seen.state, seen.fact, seen.question_id, seen.own, seen.rest,
        CASE WHEN rest = '' OR rest[1] = '#' THEN '/' ELSE split_part(rest, '#', 1) END AS path
    FROM (
        SELECT
            seen.row,
            seen.host_id,
            coalesce(on_leaf.state, seen.state) AS state,
            coalesce(on_leaf.fact, seen.fact) AS fact,
            seen.question_id,
            seen.aside & 32 AS own,
            substr(
                url,
                8 + starts_with(url, 'https://')::INTEGER + strlen(split_part(url, '/', 3))
            ) AS rest
        FROM seen
        LEFT JOIN on_leaf ON seen.aside & 8 > 0 AND on_leaf.row = seen.row
        WHERE seen.aside & 33 > 0 AND seen.aside & 6 = 0 AND on_leaf.changes IS NOT TRUE
    ) AS seen
);

-- Pages that were seen, and robots.txt itself: judged as acts of their own.
CREATE TEMP TABLE own_word AS
SELECT asked_path.row
FROM asked_path
SEMI JOIN page_observation AS page
    ON page.host_id = asked_path.host_id AND page.path = asked_path.path
UNION
SELECT row FROM asked_path WHERE regexp_matches(path, '^/robots\.txt(\?|$)');

CREATE TEMP TABLE asked_ruleset AS
SELECT
    asked.row AS asked_id,
    ruleset.ruleset_id,
    CASE WHEN ruleset.folded THEN lower(asked.form) ELSE asked.form END AS form
FROM (
    SELECT asked.row, asked.form, unnest(question.ruleset_ids) AS ruleset_id
    FROM asked_path AS asked
    ANTI JOIN own_word ON own_word.row = asked.row
    LEFT JOIN state ON asked.question_id = -1 AND state.state_id = asked.state
    JOIN question
        ON question.question_id =
            CASE WHEN asked.question_id = -1 THEN state.question_id ELSE asked.question_id END
    WHERE asked.form IS NOT NULL
) AS asked
JOIN ruleset USING (ruleset_id);
