-- Where the octets of the incoming captures stand.
INSERT INTO evidence
SELECT $first + row_number() OVER () - 1, 0, c13, $file, c14, c15, c16
FROM incoming;
