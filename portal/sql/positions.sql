-- Where in the ledger does each message stand that came through the portal, and what came of it?
SELECT
    handed_in.message_id,
    handed_in.kind,
    handed_in.about,
    handed_in.list_id,
    handed_in.file_sha256,
    handed_in.outcome,
    handed_in.detail,
    handed_in.received_at,
    min(ledger.seq) AS leaf
FROM handed_in
LEFT JOIN ledger ON ledger.kind = 'handed_in' AND ledger.key = handed_in.message_id
GROUP BY ALL
ORDER BY handed_in.received_at, handed_in.message_id
