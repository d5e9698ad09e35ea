-- Which records are not what their leaves say, which have no leaf, which leaves have no record, and
-- where does the ledger have gaps?
WITH sealed AS (
    SELECT kind, key, leaf, min(seq) AS seq, count(*) AS times
    FROM ledger
    GROUP BY kind, key, leaf
),
recorded AS (
    SELECT kind, key, leaf, count(*) AS times
    FROM record_now
    GROUP BY kind, key, leaf
),
differing AS (
    SELECT
        coalesce(sealed.kind, recorded.kind) AS kind,
        coalesce(sealed.key, recorded.key) AS key,
        sealed.seq,
        coalesce(sealed.times, 0) AS sealed_times,
        coalesce(recorded.times, 0) AS recorded_times
    FROM sealed
    FULL JOIN recorded
        ON recorded.kind = sealed.kind AND recorded.key = sealed.key AND recorded.leaf = sealed.leaf
    WHERE sealed.times IS DISTINCT FROM recorded.times
),
by_record AS (
    SELECT
        kind,
        key,
        min(seq) AS seq,
        sum(sealed_times) AS sealed_times,
        sum(recorded_times) AS recorded_times
    FROM differing
    GROUP BY kind, key
),
place AS (
    SELECT seq, lag(seq) OVER (ORDER BY seq) AS before, kind, key
    FROM ledger
)
SELECT
    kind,
    key,
    seq,
    CASE
        WHEN sealed_times = recorded_times THEN 'altered since it was sealed'
        WHEN sealed_times > recorded_times THEN 'removed since it was sealed'
        ELSE 'not in the ledger: added past it'
    END AS fact
FROM by_record
UNION ALL
SELECT 'ledger', kind || ' ' || key, seq, 'its number stands twice'
FROM place
WHERE seq = before
UNION ALL
SELECT 'ledger', kind || ' ' || key, seq, 'a gap lies before it'
FROM place
WHERE seq > coalesce(before, -1) + 1
UNION ALL
SELECT 'ledger', kind || ' ' || key, seq, 'its number is below zero'
FROM place
WHERE seq < 0
ORDER BY seq NULLS LAST, kind, key
