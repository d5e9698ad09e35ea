-- Which steps in the lives of entries, which looks at published lists and which messages of the portal
-- does the store not know yet?
-- Each keeps its time, by which they are told in order; the same one in several stores is one.
INSERT INTO entry_event BY NAME
SELECT source_entry_event.* EXCLUDE (store_number, nth)
FROM source_entry_event
ANTI JOIN entry_event USING (event_id)
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY store_number, nth) = 1
ORDER BY recorded_at, store_number, nth;

INSERT INTO list_fetch BY NAME
SELECT source_list_fetch.* EXCLUDE (store_number, nth)
FROM source_list_fetch
ANTI JOIN list_fetch USING (fetch_id)
QUALIFY row_number() OVER (PARTITION BY fetch_id ORDER BY store_number, nth) = 1
ORDER BY fetched_at, store_number, nth;

INSERT INTO handed_in BY NAME
SELECT source_handed_in.* EXCLUDE (store_number, nth)
FROM source_handed_in
ANTI JOIN handed_in USING (message_id)
QUALIFY row_number() OVER (PARTITION BY message_id ORDER BY store_number, nth) = 1
ORDER BY store_number, nth;
