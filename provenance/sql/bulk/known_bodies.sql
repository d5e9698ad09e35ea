-- Which of these bodies does the store hold?
SELECT key
FROM incoming
SEMI JOIN body ON body.sha256 = key;
