-- Which of these robots bodies were compiled before?
SELECT key
FROM incoming
SEMI JOIN (FROM robots_body WHERE NOT lowercased) AS compiled ON compiled.body_sha256 = key;
