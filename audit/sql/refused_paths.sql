-- Which rule is the longest that matches each path? The paths stand in `asked_ruleset` (asked_id,
-- ruleset_id, form), in lower case where the source stored its bodies so. Rules for every path are
-- left out: they are the default of their rule set. Each rule is looked for by what few paths have.
CREATE OR REPLACE TEMP TABLE best_rule AS
WITH near AS (
    SELECT asked.asked_id, asked.form, rule.*
    FROM asked_ruleset AS asked
    JOIN rule ON rule.ruleset_id = asked.ruleset_id AND rule.start_4 = asked.form[:4]
    UNION ALL
    SELECT asked.asked_id, asked.form, rule.*
    FROM asked_ruleset AS asked
    JOIN rule ON rule.ruleset_id = asked.ruleset_id AND rule.start_2 = asked.form[:2]
    UNION ALL
    SELECT asked.asked_id, asked.form, rule.*
    FROM asked_ruleset AS asked
    JOIN rule ON rule.ruleset_id = asked.ruleset_id AND rule.end_4 = right(asked.form, 4)
    UNION ALL
    SELECT asked.asked_id, asked.form, rule.*
    FROM asked_ruleset AS asked
    JOIN rule
        ON rule.ruleset_id = asked.ruleset_id
        AND rule.start_4 IS NULL AND rule.start_2 IS NULL AND rule.end_4 IS NULL
        AND contains(asked.form, rule.piece)
)
SELECT asked_id, ruleset_id, max(rank) AS rank
FROM near
WHERE starts_with(form, literal)
    AND CASE WHEN like_form IS NULL THEN TRUE ELSE like_escape(form, like_form, '\') END
GROUP BY asked_id, ruleset_id;
