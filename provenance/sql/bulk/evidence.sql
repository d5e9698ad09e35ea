-- Where the octets of the incoming captures stand: in the file that is read, or in another one.
INSERT INTO evidence
SELECT c0, c1, c2, coalesce(c6, $file), c3, c4, c5
FROM incoming;
