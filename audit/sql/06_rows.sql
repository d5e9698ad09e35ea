-- Where and when is each row, and between which observations of its host does it fall?
CREATE TEMP TABLE placed AS
SELECT
    split.row_number,
    host.host_id,
    split.lo,
    split.hi,
    CASE
        WHEN needs_path.host_id IS NULL THEN NULL
        WHEN NOT split.regular THEN odd.path
        WHEN split.rest = '' OR split.rest[1] = '#' THEN '/'
        ELSE split_part(split.rest, '#', 1)
    END AS path,
    CASE WHEN NOT split.regular THEN odd.match_form END AS odd_form,
    -- /robots.txt itself is never refused (RFC 9309, section 2.2.2).
    coalesce(regexp_matches(coalesce(odd.path, split.rest), '^/robots\.txt([?#]|$)'), FALSE)
        AS is_robots
FROM split
LEFT JOIN odd ON NOT split.regular AND odd.url = split.url
LEFT JOIN host ON host.host = CASE WHEN split.regular THEN split.authority ELSE odd.host END
LEFT JOIN needs_path ON needs_path.host_id = host.host_id;

CREATE TEMP TABLE timed AS
SELECT
    placed.row_number,
    placed.host_id,
    placed.lo,
    placed.hi,
    placed.path,
    coalesce(placed.odd_form, placed.path) AS match_form,
    placed.is_robots,
    nullif(earlier.ordinal, -1) AS p_ordinal,
    -- The first observation at or after the end of the act; NULL where none follows.
    CASE WHEN later.t_to < TIMESTAMP 'infinity' THEN later.ordinal + 1 END AS n_ordinal
FROM placed
LEFT JOIN segment AS earlier
    ON earlier.host_id = placed.host_id
    AND earlier.t_from <= placed.lo
    AND placed.lo < earlier.t_to
LEFT JOIN segment AS later
    ON later.host_id = placed.host_id
    AND later.t_from < placed.hi
    AND placed.hi <= later.t_to;

DROP TABLE placed;

-- Observations made during an act that lasted: between its last before and its first after.
CREATE TEMP TABLE during AS
SELECT
    timed.row_number, observed.ordinal, observed.capture_id, observed.policy_id, timed.match_form
FROM timed
JOIN observed
    ON observed.host_id = timed.host_id
    AND observed.seen_at > timed.lo
    AND observed.seen_at < timed.hi
WHERE timed.hi > timed.lo;
