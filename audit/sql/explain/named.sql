-- What do lists say of these entries, and from when to when does it count? Asked of a snapshot.
SELECT
    entry_id, scope, host, port, path, list_id, submitter, role, basis, status, counts,
    received_at, published_at, ended_at
FROM named_entry
WHERE list_contains($entries, entry_id)
ORDER BY received_at, list_id, entry_id;
