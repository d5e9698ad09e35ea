-- In which further records parts of them stand: of this file, or of another one.
INSERT INTO evidence
SELECT c0, c1, c2, coalesce(c6, $file), c3, c4, c5
FROM incoming;
