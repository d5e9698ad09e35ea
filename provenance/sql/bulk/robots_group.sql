-- The groups of the incoming robots bodies that were not compiled before.
INSERT INTO robots_group
SELECT c0, c1, c2, c3, c4
FROM incoming
ANTI JOIN robots_group ON body_sha256 = c0 AND lowercased = c1;
