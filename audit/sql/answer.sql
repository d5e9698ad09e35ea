-- What did robots.txt say to AI-training agents, and what becomes of it where that is only possible?
CREATE OR REPLACE TEMP MACRO robots_answer(refused, basis) AS CASE
    WHEN refused IS NULL THEN 'unknown'
    WHEN NOT refused THEN 'not_refused'
    WHEN only_possible(basis) THEN 'possibly_refused'
    ELSE 'refused'
END;
