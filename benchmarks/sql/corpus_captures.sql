-- Which answers of robots.txt and which pages did the hosts of the corpus give?
-- `robots_body_number` says which digest stands for each number; the more popular bodies come first.

CREATE TEMP TABLE watched AS
SELECT
    rank,
    host,
    -- The most popular hosts are looked at twice as often.
    least(40, 1 + floor(
        -CASE WHEN rank < getvariable('hosts') // 100 THEN 6 ELSE 3 END * ln(1 - u(rank, 40))
    ))::INTEGER AS times,
    floor(220924800 * pow(u(rank, 41), 2))::BIGINT AS first_s,
    -- Until the end of 2026: evenly by half of them, by the others within hours to months.
    least(
        pick(
            [20000, 600000, 2600000, 5000000, 9000000, 30000000, 3e8, 3e8, 3e8, 3e8, 3e8, 3e8],
            u(rank, 42)
        ),
        (283996800 - first_s) // times
    )::BIGINT AS step_s,
    -- How many answers in a row are alike: mostly all of them.
    pick([100, 100, 100, 100, 7, 4, 3, 2, 1, 1], u(rank, 43)) AS run
FROM host_name
WHERE u(rank, 44) < 0.9 AND (rank < getvariable('hosts') OR u(rank, 45) < 0.05);

CREATE TEMP TABLE answered AS
SELECT
    *,
    row_number() OVER (ORDER BY rank, nth, twin) AS number,
    CASE
        WHEN how < 0.02 THEN 'unreachable'
        WHEN how < 0.03 THEN 'unreadable'
        -- A twin is an answer of the same moment that says something else.
        WHEN (u(kind_of, 48) < 0.22) <> twin THEN 'unavailable'
        ELSE 'parsed'
    END AS outcome
FROM (
    SELECT
        rank,
        host,
        nth,
        twin,
        TIMESTAMP '2018-01-01' + to_seconds(first_s + floor(step_s * (nth + 0.8 * u(rank * 64 + nth, 46)))::BIGINT)
            AS captured_at,
        u(rank * 64 + nth, 47) AS how,
        rank * 64 + nth // run AS kind_of
    FROM watched, range(times) AS nths(nth), (VALUES (FALSE), (TRUE)) AS twins(twin)
    WHERE NOT twin OR u(rank * 64 + nth, 49) < 0.003
);

CREATE TEMP TABLE robots_capture AS
SELECT
    answered.*,
    CASE outcome
        WHEN 'parsed' THEN chosen.body_sha256
        WHEN 'unreadable' THEN sha256('<html>' || rank)
    END AS body_sha256,
    outcome = 'parsed' AND chosen.lowercased AS lowercased
FROM answered
JOIN robots_body_number AS chosen
    ON chosen.number = floor(getvariable('bodies') * pow(u(kind_of, 50), 1.8))::BIGINT;

INSERT INTO capture BY NAME
SELECT
    getvariable('first_id') + number AS capture_id,
    'corpus' AS run_id,
    sha256('robots' || number) AS fingerprint,
    'https://' || host || '/robots.txt' AS url,
    host,
    '/robots.txt' AS path,
    'robots' AS probe,
    captured_at,
    '' AS captured_at_basis,
    'import' AS method,
    '' AS source,
    CASE outcome
        WHEN 'unreachable' THEN pick([503, 500, 429, NULL], u(number, 51))
        WHEN 'unavailable' THEN pick([404, 404, 404, 410, 403], u(number, 51))
        ELSE 200
    END::SMALLINT AS status,
    '' AS status_basis,
    CASE WHEN status IS NULL THEN 'timeout' ELSE '' END AS error,
    [] AS hops,
    '[]' AS headers,
    body_sha256,
    lowercased,
    FALSE AS truncated,
    outcome,
    CASE outcome WHEN 'parsed' THEN '' WHEN 'unreadable' THEN 'html' ELSE 'no rules' END AS reason
FROM robots_capture
ORDER BY number;

-- Pages: the front page or a common one of one host in a hundred, more among the popular.
CREATE TEMP TABLE page_capture AS
SELECT
    *,
    row_number() OVER (ORDER BY rank, nth) AS number
FROM (
    SELECT
        rank,
        host,
        nth,
        u(rank, 56) < 0.3 AS is_file,
        CASE WHEN is_file THEN '/.well-known/tdmrep.json' WHEN u(rank, 52) < 0.7 THEN '/' ELSE (
            SELECT plain FROM path_form
            WHERE form = getvariable('common_forms')[1 + rank % len(getvariable('common_forms'))]
        ) END AS path,
        TIMESTAMP '2018-06-01' + to_seconds(first_s + nth * pick([40000, 2000000, 7000000], u(rank, 53)))
            AS captured_at,
        floor(10 * u(rank * 64 + nth // 2, 54))::INTEGER AS how
    FROM watched, range(3) AS nths(nth)
    WHERE u(rank, 55) < CASE WHEN rank < 300 THEN 0.3 ELSE 0.01 END
);

INSERT INTO capture BY NAME
SELECT
    getvariable('first_id') + (SELECT count(*) FROM robots_capture) + number AS capture_id,
    'corpus' AS run_id,
    sha256('page' || number) AS fingerprint,
    'https://' || host || path AS url,
    host,
    path,
    CASE WHEN is_file THEN 'file' ELSE 'page' END AS probe,
    captured_at,
    '' AS captured_at_basis,
    'import' AS method,
    '' AS source,
    CASE how WHEN 0 THEN 401 WHEN 1 THEN 403 WHEN 2 THEN 503 ELSE 200 END::SMALLINT AS status,
    '' AS status_basis,
    '' AS error,
    [] AS hops,
    '[]' AS headers,
    sha256('page' || rank || how) AS body_sha256,
    FALSE AS lowercased,
    FALSE AS truncated
FROM page_capture
ORDER BY number;

INSERT INTO signal BY NAME
SELECT
    getvariable('first_id') + (SELECT count(*) FROM robots_capture) + number AS capture_id,
    CASE WHEN how <= 4 THEN 'access-gate' ELSE 'tdmrep' END AS kind,
    CASE how WHEN 7 THEN 'agent:bingbot' ELSE 'page' END AS scope,
    CASE WHEN how <= 4 THEN 'crawl' WHEN how = 5 THEN 'mine' ELSE 'train' END AS usage,
    CASE how WHEN 5 THEN 'deny' WHEN 6 THEN 'conditional' WHEN 7 THEN 'deny' WHEN 8 THEN 'allow'
        ELSE 'unspecified' END AS value,
    CASE how WHEN 0 THEN 'auth' WHEN 1 THEN 'forbidden' WHEN 2 THEN 'server-error'
        WHEN 3 THEN 'login' WHEN 4 THEN 'payment' ELSE 'none' END AS gate,
    'normative' AS strength,
    FALSE AS specific,
    '' AS offer,
    '' AS quote,
    '' AS finding,
    CASE WHEN is_file AND rank % 3 = 0 THEN '/news/' ELSE '' END AS path
FROM page_capture
WHERE how < 9 AND NOT (is_file AND how <= 4)
ORDER BY number;
