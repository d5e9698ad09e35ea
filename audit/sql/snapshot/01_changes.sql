-- Which hosts does this update judge anew, and which states do they lose? A host has its states in one
-- row. Of the first update nothing is kept: no row was judged before it.
INSERT INTO changed
SELECT getvariable('this_update'), host_id, min(state.state_id), max(state.state_id)
FROM changed_host
LEFT JOIN state USING (host_id)
WHERE getvariable('this_update') > 0
GROUP BY host_id
ORDER BY host_id;

INSERT INTO entry_named
SELECT DISTINCT getvariable('this_update'), host
FROM entry_change
WHERE getvariable('this_update') > 0
ORDER BY host;
