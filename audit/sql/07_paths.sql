-- Whom does each body refuse on each path that is asked? Once per distinct body and path.
CREATE TEMP TABLE asked AS
SELECT DISTINCT policy_id, match_form
FROM (
    SELECT observed.policy_id, timed.match_form
    FROM timed
    JOIN observed ON observed.host_id = timed.host_id AND observed.ordinal = timed.p_ordinal
    UNION ALL
    SELECT observed.policy_id, timed.match_form
    FROM timed
    JOIN observed ON observed.host_id = timed.host_id AND observed.ordinal = timed.n_ordinal
    UNION ALL
    SELECT policy_id, match_form
    FROM during
)
JOIN policy_shape USING (policy_id)
WHERE len(ruleset_ids) > 0 AND match_form IS NOT NULL;

-- A rule set is asked once for a path, whichever bodies hold it; without case where the source
-- stored its bodies in lower case.
CREATE TEMP TABLE rule AS
SELECT
    ruleset_id, allow, literal, like_form, specificity, folded,
    CASE WHEN length(literal) >= 4 THEN literal[:4] END AS key
FROM robots_rule
JOIN ruleset USING (ruleset);

CREATE TEMP TABLE asked_ruleset AS
SELECT DISTINCT
    shape.ruleset_id,
    match_form,
    CASE WHEN folds.folded THEN lower(match_form) ELSE match_form END AS form
FROM (
    SELECT match_form, unnest(ruleset_ids) AS ruleset_id
    FROM asked
    JOIN policy_shape USING (policy_id)
) AS shape
JOIN (SELECT ruleset_id, any_value(folded) AS folded FROM rule GROUP BY ruleset_id) AS folds
    USING (ruleset_id);

-- The longest match decides, and of two equal ones the one that allows (RFC 9309, 2.2.2). Rules
-- are found by the first four characters of their literal beginning; the few with less by rule set.
CREATE TEMP TABLE refused_ruleset AS
SELECT ruleset_id, match_form
FROM (
    SELECT asked_ruleset.ruleset_id, match_form, allow, specificity
    FROM asked_ruleset
    JOIN rule ON rule.ruleset_id = asked_ruleset.ruleset_id AND rule.key = form[:4]
    WHERE starts_with(form, literal) AND (like_form IS NULL OR like_escape(form, like_form, '\'))
    UNION ALL
    SELECT asked_ruleset.ruleset_id, match_form, allow, specificity
    FROM asked_ruleset
    JOIN rule ON rule.ruleset_id = asked_ruleset.ruleset_id AND rule.key IS NULL
    WHERE starts_with(form, literal) AND (like_form IS NULL OR like_escape(form, like_form, '\'))
)
GROUP BY ruleset_id, match_form
HAVING max(specificity * 2 + allow::INTEGER) % 2 = 0;

CREATE TEMP TABLE path_answer AS
SELECT
    asked_of.policy_id,
    asked_of.match_form,
    coalesce(
        list(asked_of.ruleset_id ORDER BY asked_of.ruleset_id)
            FILTER (refused_ruleset.ruleset_id IS NOT NULL),
        []
    ) AS refused
FROM (
    SELECT policy_id, match_form, unnest(ruleset_ids) AS ruleset_id
    FROM asked
    JOIN policy_shape USING (policy_id)
) AS asked_of
LEFT JOIN refused_ruleset
    ON refused_ruleset.ruleset_id = asked_of.ruleset_id
    AND refused_ruleset.match_form = asked_of.match_form
GROUP BY asked_of.policy_id, asked_of.match_form;
