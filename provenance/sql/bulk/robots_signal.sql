-- What the incoming robots bodies that were not compiled before say beside their rules.
INSERT INTO robots_signal
SELECT COLUMNS(* EXCLUDE (part))
FROM incoming
ANTI JOIN robots_signal ON body_sha256 = c0 AND lowercased = c1;
