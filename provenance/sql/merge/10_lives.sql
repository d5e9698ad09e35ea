-- Which steps in the lives of entries, and which looks at published lists, does the store not know yet?
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
