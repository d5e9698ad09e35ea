-- Which of the incoming robots bodies were not compiled before?
INSERT INTO robots_body
SELECT c0, c1, c2, c3
FROM incoming
ANTI JOIN robots_body ON body_sha256 = c0 AND lowercased = c1
QUALIFY row_number() OVER (PARTITION BY c0, c1 ORDER BY part) = 1;
