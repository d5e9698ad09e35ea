-- Which of the incoming bodies does the store not hold yet?
INSERT INTO body
SELECT c0, c1
FROM incoming
ANTI JOIN body ON body.sha256 = c0;
