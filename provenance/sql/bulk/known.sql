-- Which of the incoming captures does the store have? Their fingerprint covers the source, too.
SELECT fingerprint
FROM capture
SEMI JOIN incoming ON incoming.key = capture.fingerprint
WHERE source = $source;
