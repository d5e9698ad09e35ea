-- Where does a row find its host's states? One row for each host, with the moments that part its
-- states: the state of a second s is the first plus how many moments lie before s, and its facts are
-- those of the first state (fact_1) plus the steps at those moments. A host with more moments than
-- fit has them on leaves, and its own row finds the leaf in the same way.
-- Run for the hosts of `act_host`.
CREATE OR REPLACE TEMP TABLE counted AS
SELECT
    host_id,
    min(state_id) AS first_state,
    max(nth) AS states,
    any_value(fact_id) FILTER (nth = 0) AS fact_0,
    -- Nothing can be looked up: a state without facts, moments beyond the clock of 32 bits, or more
    -- of them than two levels hold.
    bool_or(fact_id IS NULL)
        OR coalesce(bool_or(t_from NOT BETWEEN TIMESTAMP '1970-01-02' AND TIMESTAMP '2105-01-01'), FALSE)
        OR max(nth) > 17 * 17 AS exact,
    CASE WHEN bool_or(varies) THEN -1 ELSE any_value(question_id) END AS question_id
FROM new_state
GROUP BY host_id;

CREATE OR REPLACE TEMP TABLE cut AS
SELECT
    new_state.host_id,
    CASE WHEN counted.states > 17 THEN (nth - 1) // 17 ELSE 0 END AS leaf,
    CASE WHEN counted.states > 17 THEN (nth - 1) % 17 ELSE nth - 1 END AS place_no,
    new_state.state_id,
    (epoch_us(t_from) // 1000000)::UINTEGER AS second,
    fact_id - lag(fact_id) OVER (PARTITION BY new_state.host_id ORDER BY nth) AS step,
    fact_id
FROM new_state
JOIN counted USING (host_id)
WHERE nth > 0 AND NOT counted.exact;

-- One row of moments and steps, of a host that fits into one and of each leaf.
CREATE OR REPLACE TEMP TABLE page AS
SELECT
    host_id,
    leaf,
    min(second) AS from_second,
    arg_min(state_id, place_no) AS state_1,
    arg_min(fact_id, place_no) AS fact_1,
    {moments}
FROM cut
GROUP BY host_id, leaf;

DELETE FROM place WHERE host_id IN (SELECT host_id FROM act_host);
DELETE FROM host_address WHERE host_id IN (SELECT host_id FROM act_host);
DELETE FROM leaf WHERE host_id IN (SELECT host_id FROM act_host);

INSERT INTO leaf
SELECT
    ((SELECT coalesce(max(leaf_id), -1) FROM leaf) + row_number() OVER (ORDER BY host_id, leaf))::INTEGER,
    page.* EXCLUDE (from_second)
FROM page
JOIN counted USING (host_id)
WHERE counted.states > 17 AND NOT counted.exact;

CREATE OR REPLACE TEMP TABLE branch AS
SELECT
    host_id,
    arg_min(leaf_id, leaf) AS fact_1,
    {leaves}
FROM leaf
JOIN page USING (host_id, leaf)
GROUP BY host_id;

INSERT INTO host_address
SELECT
    ((SELECT coalesce(max(address_id), -1) FROM host_address)
        + row_number() OVER (ORDER BY host_id, scope, path))::INTEGER,
    host_id, scope, path,
    CASE WHEN length(path) >= 4 THEN path[:4] END,
    periods_of(counts, received_at, published_at, ended_at),
    min(received_at) FILTER (counts = 'pending'),
    list(DISTINCT entry_id ORDER BY entry_id),
    list(DISTINCT {'list_id': list_id, 'status': status})
FROM address_entry
GROUP BY host_id, scope, path;

-- Pages seen and addresses listed, by their first four characters. A shorter path counts for all but
-- the front page, which most hosts have been seen by.
CREATE OR REPLACE TEMP TABLE own_mask AS
WITH own AS (
    SELECT host_id, path, 'page' AS scope
    FROM page_observation
    JOIN act_host USING (host_id)
    WHERE NOT starts_with(path, 'site:')
    UNION ALL
    SELECT host_id, path, scope
    FROM address_entry
)
SELECT
    host_id,
    bit_or(
        CASE
            WHEN path = '/' AND scope <> 'url_prefix' THEN bucket_of('/') | bucket_of('')
            WHEN length(path) < 4 THEN every_bucket()
            ELSE bucket_of(path[:4])
        END
    ) AS own_mask
FROM own
GROUP BY host_id;

CREATE OR REPLACE TEMP TABLE rule_mask AS
SELECT host_id, bit_or(mask) AS mask, bit_or(traits) AS traits
FROM (
    SELECT DISTINCT new_state.host_id, unnest(question.ruleset_ids) AS ruleset_id
    FROM new_state
    JOIN question USING (question_id)
)
JOIN ruleset USING (ruleset_id)
GROUP BY host_id;

INSERT INTO place
SELECT
    host.host,
    host.host_id,
    CASE WHEN counted.exact THEN 2 WHEN branch.host_id IS NOT NULL THEN 1 ELSE 0 END,
    counted.first_state,
    counted.fact_0,
    coalesce(branch.fact_1, page.fact_1),
    counted.question_id,
    -- Where nothing can be looked up, every path is asked.
    CASE WHEN counted.exact THEN every_bucket() ELSE coalesce(rule_mask.mask, 0) END,
    coalesce(rule_mask.traits, 0),
    -- robots.txt itself is never refused (RFC 9309, section 2.2.2): a row's first characters are read
    -- only where something is looked for.
    CASE
        WHEN rule_mask.host_id IS NULL AND counted.host_id IN (SELECT host_id FROM observation)
            THEN coalesce(own_mask.own_mask, 0) | bucket_of('/rob')
        ELSE coalesce(own_mask.own_mask, 0)
    END,
    {columns}
FROM counted
JOIN host USING (host_id)
LEFT JOIN branch USING (host_id)
LEFT JOIN page ON page.host_id = counted.host_id AND counted.states <= 17
LEFT JOIN rule_mask ON rule_mask.host_id = counted.host_id
LEFT JOIN own_mask ON own_mask.host_id = counted.host_id
ORDER BY host.host;
