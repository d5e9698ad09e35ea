-- By which keyed digest does each entry of a sealed list go? Of several the least.
SELECT any_value(scope), min(keyed)
FROM sealed_entry
WHERE list_id = ? AND scope <> 'pages'
GROUP BY target
