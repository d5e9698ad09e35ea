-- What becomes of a rule's answer: its level, one lower where its basis makes the state only
-- possible; and what its header says where a fact it needs is missing.
CREATE TEMP TABLE fired (
    fact_id    INTEGER,
    rule_id    VARCHAR,
    level      VARCHAR,
    confidence VARCHAR,
    fires      BOOLEAN  -- FALSE: a fact it needs is missing
);

CREATE TEMP MACRO only_possible(basis) AS basis IN (
    'bracketed_wide', 'changed_between', 'carried_stale', 'inside_window', 'notice_during'
);

CREATE TEMP MACRO one_lower(level) AS CASE
    WHEN level = 'critical' THEN 'high'
    WHEN level = 'high' THEN 'medium'
    WHEN level = 'medium' THEN 'low'
    ELSE level
END;

CREATE TEMP MACRO at_most(level, most) AS getvariable('levels')[least(
    list_position(getvariable('levels'), level), list_position(getvariable('levels'), most)
)];

-- What a rule comes to where a fact it needs is missing: `note` only tells that nobody looked.
CREATE TEMP MACRO level_if(missing) AS CASE WHEN missing = 'unknown' THEN 'unknown' ELSE 'info' END;

CREATE TEMP MACRO rule_level(fires, level, basis, missing) AS CASE
    WHEN fires IS NULL THEN missing
    WHEN only_possible(basis) THEN one_lower(level)
    ELSE level
END;

CREATE TEMP MACRO rule_confidence(fires, basis) AS CASE
    WHEN fires IS NULL THEN 'unknown'
    WHEN only_possible(basis) THEN 'possibly'
    WHEN basis IN ('contemporaneous', 'bracketed', 'carried') THEN basis
    WHEN basis IN ('notice_before', 'notice_after', 'notice', 'declaration') THEN 'recorded'
    ELSE 'unknown'
END;
