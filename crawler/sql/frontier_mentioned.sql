-- Which hosts are named next? They come as one JSON text: a value of its own for each of their
-- columns would take three times as long.
INSERT INTO mentioned
SELECT
    (one ->> 0)::BIGINT,
    one ->> 1,
    from_json(one -> 2, '["VARCHAR"]'),
    from_json(one -> 3, '["VARCHAR"]'),
    (one ->> 4)::BOOLEAN
FROM (SELECT unnest(from_json(?, '["JSON"]')) AS one);
