-- Which rules have to be asked of which path? Of rows that are set aside for their path only.
CREATE TEMP TABLE asked_path AS
SELECT
    row,
    host_id,
    state,
    fact,
    question_id,
    CASE WHEN own > 0 THEN path_of(rest) END AS path,
    form_of(rest) AS form
FROM (
    SELECT
        seen.row,
        seen.host_id,
        coalesce(on_leaf.state, seen.state) AS state,
        coalesce(on_leaf.fact, seen.fact) AS fact,
        seen.question_id,
        seen.aside & 32 AS own,
        rest_of(seen.url, split_part(seen.url, '/', 3)) AS rest
    FROM seen
    LEFT JOIN on_leaf ON seen.aside & 8 > 0 AND on_leaf.row = seen.row
    WHERE seen.aside & 33 > 0 AND seen.aside & 6 = 0 AND on_leaf.changes IS NOT TRUE
);

-- Pages that were seen, and robots.txt itself: judged as acts of their own.
CREATE TEMP TABLE own_word AS
SELECT asked_path.row
FROM asked_path
SEMI JOIN page_observation AS page
    ON page.host_id = asked_path.host_id AND page.path = asked_path.path
UNION
SELECT row FROM asked_path WHERE regexp_matches(path, '^/robots\.txt(\?|$)');

CREATE TEMP TABLE question_ruleset AS
SELECT asked.question_id, asked.ruleset_id, ruleset.folded
FROM (SELECT question_id, unnest(ruleset_ids) AS ruleset_id FROM question) AS asked
JOIN ruleset USING (ruleset_id);

-- Rules are compared in lower case where the source stored its bodies so.
CREATE TEMP TABLE asked_ruleset AS
SELECT
    asked.row AS asked_id,
    question_ruleset.ruleset_id,
    CASE WHEN question_ruleset.folded THEN lower(asked.form) ELSE asked.form END AS form
FROM (
    SELECT row, question_id, form FROM asked_path WHERE question_id >= 0 AND form IS NOT NULL
    UNION ALL
    -- The question is another in each state of the host.
    SELECT asked_path.row, state.question_id, asked_path.form
    FROM asked_path
    JOIN state ON state.state_id = asked_path.state
    WHERE asked_path.question_id = -1 AND asked_path.form IS NOT NULL
) AS asked
JOIN question_ruleset USING (question_id)
ANTI JOIN own_word ON own_word.row = asked.row;
