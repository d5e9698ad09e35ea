-- Which robots bodies has the store not read yet, and what do they say?
-- A body that is there keeps its reading. Of several readings the newest reader's is taken.
CREATE TEMP TABLE new_robots AS
SELECT store_number, body_sha256, lowercased
FROM source_robots_body
ANTI JOIN robots_body USING (body_sha256, lowercased)
QUALIFY row_number() OVER (
    PARTITION BY body_sha256, lowercased
    ORDER BY length(reader) DESC, reader DESC, store_number
) = 1;

INSERT INTO robots_body BY NAME
SELECT source_robots_body.* EXCLUDE (store_number, nth)
FROM source_robots_body
JOIN new_robots USING (store_number, body_sha256, lowercased)
ORDER BY store_number, nth;

INSERT INTO robots_group BY NAME
SELECT source_robots_group.* EXCLUDE (store_number, nth)
FROM source_robots_group
JOIN new_robots USING (store_number, body_sha256, lowercased)
ORDER BY store_number, nth;

INSERT INTO robots_signal BY NAME
SELECT source_robots_signal.* EXCLUDE (store_number, nth)
FROM source_robots_signal
JOIN new_robots USING (store_number, body_sha256, lowercased)
ORDER BY store_number, nth;

-- Equal rules have one digest, wherever they stand in their files: the lines of the one in which
-- they stand highest are taken.
WITH candidate AS (
    SELECT ruleset, store_number, list(line ORDER BY nth) AS lines
    FROM source_robots_rule
    ANTI JOIN robots_rule USING (ruleset)
    GROUP BY ruleset, store_number
),
chosen AS (
    SELECT ruleset, store_number
    FROM candidate
    QUALIFY row_number() OVER (PARTITION BY ruleset ORDER BY lines, store_number) = 1
)
INSERT INTO robots_rule BY NAME
SELECT source_robots_rule.* EXCLUDE (store_number, nth)
FROM source_robots_rule
JOIN chosen USING (store_number, ruleset)
ORDER BY store_number, nth;
