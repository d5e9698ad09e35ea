-- What does a rule that fires do to others of its pack? It caps what they come to, or lowers it by one
-- level. What cannot be told comes to no more than what is capped, so that it is capped as well.
UPDATE fired
SET
    level = CASE
        WHEN $verb = 'cap' THEN at_most(level, $most)
        WHEN fires THEN one_lower(level)
        ELSE level
    END,
    confidence = CASE WHEN $verb = 'lower' AND fires THEN 'possibly' ELSE confidence END
WHERE list_contains($others, rule_id)
    AND fact_id IN (SELECT fact_id FROM fired WHERE rule_id = $id AND fires)
