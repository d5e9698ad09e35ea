-- Why did each of the rows that changed change? `decided` says of each two sets of facts which groups
-- of facts the verdict hangs on, and whether the rules alone would have changed it; `cause_of` which
-- causes a group can have.
CREATE TABLE memory.explained AS  -- also read by a cursor, which sees no temporary ones
WITH named AS (
    -- Rows that an entry names otherwise than by their host: by a digest, or what they show a copy of.
    SELECT DISTINCT said.before_set, said.after_set, said.host
    FROM (SELECT before_set, after_set, host, unnest(entries) AS entry FROM changed) AS said
    SEMI JOIN entry_learnt ON entry_learnt.entry_id = regexp_replace(said.entry, '^[a-z]+:', '')
),
found AS (
    SELECT
        changed.way,
        changed.before_set,
        changed.after_set,
        changed.host,
        list_sort(list_distinct(flatten(list(cause_of.causes)))) AS causes
    FROM (SELECT DISTINCT way, before_set, after_set, host FROM changed) AS changed
    JOIN decided USING (before_set, after_set)
    LEFT JOIN named
        ON named.before_set = changed.before_set
        AND named.after_set = changed.after_set
        AND named.host IS NOT DISTINCT FROM changed.host
    JOIN cause_of
        ON list_contains(decided.groups, cause_of.grp)
        AND cause_of.observed = (coalesce(changed.host, '') IN (FROM observed))
        AND cause_of.noticed
            = (coalesce(changed.host, '') IN (FROM noticed) OR named.before_set IS NOT NULL)
    GROUP BY ALL
)
SELECT changed.* EXCLUDE (entries), coalesce(found.causes, ['untold']) AS causes
FROM changed
LEFT JOIN found
    ON found.way = changed.way
    AND found.before_set = changed.before_set
    AND found.after_set = changed.after_set
    AND found.host IS NOT DISTINCT FROM changed.host;
