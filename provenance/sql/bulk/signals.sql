-- What the incoming captures say.
INSERT INTO signal
SELECT COLUMNS(*)
FROM incoming;
