-- Which digests do lists name, in which periods does that count, and how may a row spell them?
-- The same of digests as 01_knowledge.sql says of addresses.
CREATE TEMP TABLE digest_now AS
SELECT DISTINCT
    entry.entry_id,
    entry.algorithm,
    entry.digest,
    period.list_id,
    period.submitter,
    period.role,
    period.basis,
    CASE
        WHEN starts_with(period.status, 'withdrawn')
            THEN period.status || ' on ' || strftime(period.ended_at, '%Y-%m-%d')
        WHEN period.status = 'quarantined' THEN 'received'
        ELSE period.status
    END AS status,
    period.counts,
    period.received_at,
    period.published_at,
    period.ended_at
FROM (SELECT DISTINCT entry_id, algorithm, digest FROM store.digest_entry) AS entry
JOIN listing_period AS period USING (entry_id)
WHERE period.counts <> 'no' OR period.status = 'withdrawn as an error';

INSERT INTO digest_change
SELECT getvariable('this_update')
WHERE getvariable('this_update') > 0
    AND (
        EXISTS (FROM digest_now EXCEPT FROM digest_entry)
        OR EXISTS (FROM digest_entry EXCEPT FROM digest_now)
    );

DELETE FROM digest_entry;
INSERT INTO digest_entry FROM digest_now ORDER BY entry_id, list_id;

-- In hexadecimal and base32 case makes no difference, so rows are compared in lower case.
DELETE FROM digest_key;
INSERT INTO digest_key
WITH known AS (
    SELECT DISTINCT entry_id, algorithm, digest FROM digest_now
)
SELECT algorithm, lower(hex(digest)) AS key, entry_id FROM known
UNION ALL
SELECT algorithm, to_base64(digest), entry_id FROM known WHERE algorithm <> 'pdq'
UNION ALL
SELECT DISTINCT 'sha1', lower(base32), entry_id
FROM store.digest_entry
SEMI JOIN known USING (entry_id)
WHERE base32 <> ''
ORDER BY algorithm, key;

DELETE FROM restricted_list;
INSERT INTO restricted_list
SELECT DISTINCT list_id FROM store.entry_event WHERE entry_id = '' AND reason = 'restricted';
