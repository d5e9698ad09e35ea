-- On what does each entry that counts rest? Made of listing_period (listing_periods.sql).
SELECT entry_id, list(DISTINCT basis ORDER BY basis)
FROM listing_period
WHERE counts = 'yes' AND status IN ('accepted', 'disputed', 'upheld')
GROUP BY entry_id
