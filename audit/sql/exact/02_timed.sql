-- Between which observations of its host does each act fall?
-- This folder judges acts: `act` (act_id, host_id, lo, hi, path, match_form, is_robots) on the hosts
-- of `act_host` (host_id, host, name). An act without a path is asked of its host alone.
CREATE OR REPLACE TEMP TABLE timed AS
SELECT
    act.*,
    nullif(earlier.ordinal, -1) AS p_ordinal,
    -- The first observation at or after the end of the act; NULL where none follows.
    CASE WHEN later.t_to < TIMESTAMP 'infinity' THEN later.ordinal + 1 END AS n_ordinal
FROM act
LEFT JOIN segment AS earlier
    ON earlier.host_id = act.host_id
    AND earlier.t_from <= act.lo
    AND act.lo < earlier.t_to
LEFT JOIN segment AS later
    ON later.host_id = act.host_id
    AND later.t_from < act.hi
    AND act.hi <= later.t_to;

-- Observations made during an act that lasted: between its last before and its first after.
CREATE OR REPLACE TEMP TABLE during AS
SELECT
    timed.act_id, observed.ordinal, observed.capture_id, observed.policy_id, timed.match_form,
    timed.is_robots, timed.agent
FROM timed
JOIN observation AS observed
    ON observed.host_id = timed.host_id
    AND observed.seen_at > timed.lo
    AND observed.seen_at < timed.hi
WHERE timed.hi > timed.lo;

CREATE OR REPLACE TEMP TABLE robots_of_act AS
SELECT
    timed.*,
    p.seen_at AS p_at,
    p.capture_id AS p_capture,
    p.policy_id AS p_policy,
    n.seen_at AS n_at,
    n.capture_id AS n_capture,
    n.policy_id AS n_policy
FROM timed
LEFT JOIN observation AS p ON p.host_id = timed.host_id AND p.ordinal = timed.p_ordinal
LEFT JOIN observation AS n ON n.host_id = timed.host_id AND n.ordinal = timed.n_ordinal;
