-- Where do rules answer otherwise than by default, and which facts are those?
CREATE TEMP TABLE answered AS
WITH other AS (
    SELECT best_rule.asked_id AS row, best_rule.ruleset_id
    FROM best_rule
    JOIN ruleset USING (ruleset_id)
    WHERE refuses(greatest(best_rule.rank, ruleset.default_rank)) <> refuses(ruleset.default_rank)
),
flipped AS (
    SELECT
        asked.row, asked.host_id, asked.state, state.shape_id, question.default_answer,
        sum(1 << (list_position(question.ruleset_ids, other.ruleset_id) - 1))::INTEGER AS bits
    FROM other
    JOIN asked_path AS asked USING (row)
    JOIN state ON state.state_id = asked.state
    JOIN question ON question.question_id = state.question_id
    GROUP BY ALL
)
SELECT row, host_id, state, shape.fact_ids[xor(default_answer, bits) + 1] AS fact
FROM flipped
JOIN shape USING (shape_id);
