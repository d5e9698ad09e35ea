-- Which of these robots bodies were compiled before?
SELECT body_sha256
FROM robots_body
WHERE NOT lowercased AND body_sha256 IN (SELECT unnest($digests));
