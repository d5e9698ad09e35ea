-- Which sealed lists are there, and how many entries has each?
SELECT
    list_id, kind, submitter, terms, first_at,
    (SELECT count(DISTINCT target) FROM sealed_entry WHERE sealed_entry.list_id = sealed_list.list_id)
FROM sealed_list
ORDER BY list_id
