-- Which of the incoming captures does the store have? Their fingerprint covers the source, too.
SELECT fingerprint
FROM capture
SEMI JOIN incoming USING (fingerprint)
WHERE source = $source;
