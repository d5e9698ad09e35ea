-- When does what is known of a host change? Between two such moments nothing does.
-- Run for the hosts of `act_host`, a part of all at a time.
CREATE OR REPLACE TEMP TABLE moment AS
WITH seen AS (
    SELECT
        host_id,
        seen_at,
        lead(seen_at) OVER (PARTITION BY host_id ORDER BY ordinal) AS next_at
    FROM observation
    JOIN act_host USING (host_id)
    UNION ALL
    SELECT
        host_id,
        seen_at,
        lead(seen_at) OVER (PARTITION BY host_id, path ORDER BY ordinal)
    FROM page_observation
    JOIN act_host USING (host_id)
    WHERE path = '/' OR starts_with(path, 'site:')
),
failed AS (
    SELECT host_id, seen_at
    FROM unreachable
    JOIN act_host USING (host_id)
)
SELECT host_id, seen_at AS moment FROM seen
UNION
SELECT host_id, seen_at + getvariable('fresh')
FROM seen
WHERE next_at IS NULL OR seen_at + getvariable('fresh') < next_at
UNION
SELECT host_id, seen_at + getvariable('carry') FROM seen WHERE next_at IS NULL
UNION
SELECT host_id, seen_at FROM failed
UNION
SELECT host_id, seen_at + getvariable('fresh') FROM failed
UNION
SELECT host_id, moment
FROM (
    SELECT host_id, unnest([period.received_at, period.published_at, period.ended_at]) AS moment
    FROM (SELECT host_id, unnest(periods) AS period FROM listed_host_sum)
)
WHERE moment IS NOT NULL;

-- The states of a host: number 0 for acts without a date, then one before, between and after its
-- moments. Each is judged as an act of a moment within it.
CREATE OR REPLACE TEMP TABLE span AS
WITH bounded AS (
    SELECT
        host_id,
        row_number() OVER (PARTITION BY host_id ORDER BY moment) AS nth,
        moment,
        lead(moment) OVER (PARTITION BY host_id ORDER BY moment) AS next_moment
    FROM moment
),
inside AS (
    SELECT
        host_id,
        nth + 1 AS nth,
        moment AS t_from,
        moment + coalesce(
            to_microseconds(date_diff('microsecond', moment, next_moment) // 2), INTERVAL 1 SECOND
        ) AS act_at
    FROM bounded
    UNION ALL
    SELECT host_id, 1, NULL, min(moment) - INTERVAL 1 SECOND
    FROM moment
    GROUP BY host_id
    UNION ALL
    SELECT host_id, 1, NULL, TIMESTAMP '2000-01-01'
    FROM act_host
    WHERE host_id NOT IN (SELECT host_id FROM moment)
    UNION ALL
    SELECT host_id, 0, NULL, NULL
    FROM act_host
)
SELECT
    (row_number() OVER (ORDER BY host_id, nth) - 1)::INTEGER AS act_id,
    host_id,
    nth::INTEGER AS nth,
    t_from,
    act_at
FROM inside;

CREATE OR REPLACE TEMP TABLE act AS
SELECT
    act_id,
    host_id,
    act_at AS lo,
    act_at AS hi,
    NULL::VARCHAR AS path,
    NULL::VARCHAR AS match_form,
    FALSE AS is_robots,
    NULL::VARCHAR AS agent
FROM span;
