-- When was the last step of a list recorded, and when did its last version come in?
SELECT
    (SELECT max(recorded_at) FROM entry_event WHERE list_id = ?),
    (SELECT max(received_at) FROM submission WHERE list_id = ?)
