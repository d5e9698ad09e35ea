-- Which rows of a shard have to be judged again, because something changed since the update `since`?
-- `old_verdicts`, `old_states` and so on are the tables of the shard as they are.

-- A variable, so that no host is looked at in vain where no entry came or went.
SET VARIABLE entries_changed = EXISTS (FROM entry_named WHERE number > getvariable('since'));

CREATE TEMP TABLE stale_host AS
SELECT DISTINCT host_id, host
FROM changed
JOIN host USING (host_id)
WHERE number > getvariable('since')
UNION
-- What an entry that came or went names may stand inside any address that shows copies.
SELECT host_id, host
FROM host
WHERE getvariable('entries_changed') AND shows_copies(name);

-- States of the shard's own: of hosts that changed, and of hosts that nothing was known of and that an
-- entry which came or went may name (snapshot/01_knowledge.sql).
CREATE TEMP TABLE stale_local AS
WITH named AS (
    SELECT DISTINCT host
    FROM entry_named
    WHERE number > getvariable('since')
),
local AS (
    SELECT state_id, host, regexp_replace(host, ':[0-9]+$', '') AS name
    FROM old_states
),
may_be_named AS (
    SELECT state_id, host
    FROM (SELECT state_id, host, unnest(parents_of(name)) AS parent FROM local) AS labels
    SEMI JOIN named ON named.host = labels.parent
    UNION
    SELECT state_id, host
    FROM local
    SEMI JOIN named ON without_www(named.host) = without_www(local.name)
    UNION
    SELECT state_id, host
    FROM local
    WHERE getvariable('entries_changed') AND shows_copies(name)
)
SELECT state_id, host
FROM old_states
SEMI JOIN stale_host USING (host)
UNION
SELECT state_id, host
FROM may_be_named
-- The list of all hosts is the longer one: it passes by the short one.
ANTI JOIN (SELECT host FROM host SEMI JOIN may_be_named USING (host)) AS known USING (host);

CREATE TEMP TABLE stale_state AS
SELECT state_id FROM stale_local
UNION
SELECT state_id
FROM state
SEMI JOIN stale_host USING (host_id)
UNION
SELECT unnest(range(first_state, last_state + 1))::INTEGER
FROM changed
WHERE number > getvariable('since') AND first_state IS NOT NULL;

CREATE TEMP TABLE stale_row AS
SELECT row
FROM old_verdicts
SEMI JOIN stale_state ON stale_state.state_id = old_verdicts.state;

-- They are all of these hosts, or of hosts that nothing was known of: no other has to be looked up.
CREATE TEMP VIEW place AS
SELECT place.*
FROM known.place
SEMI JOIN stale_host USING (host_id);
