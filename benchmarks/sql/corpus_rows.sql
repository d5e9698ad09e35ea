-- Which rows has a file of the manifest? Parameters: first_row, last_row.
WITH drawn AS (
    SELECT
        i,
        popular(u(i, 30), getvariable('hosts')) AS rank,
        floor(16384 * pow(u(i, 31), 3))::BIGINT AS form,
        u(i, 32) AS odd,
        u(i, 33) AS how
    FROM range(getvariable('first_row'), getvariable('last_row')) AS wanted(i)
),
written AS (
    SELECT
        i, odd, how, host, shown,
        CASE WHEN u(i, 34) < 0.2 THEN 'http://' ELSE 'https://' END AS scheme,
        CASE
            WHEN NOT has_id THEN start || finish
            WHEN u(i, 35) < 0.6 THEN start || (hash(i) % 1000000000) || finish
            ELSE start || format('{:x}', hash(i) >> 8) || finish
        END AS path
    FROM drawn
    JOIN host_name USING (rank)
    JOIN path_form USING (form)
)
SELECT
    CASE
        WHEN odd >= 0.013 THEN scheme || host || path
        -- 1.3 in a hundred are written as no careful writer would.
        ELSE CASE floor(how * 20)::INTEGER
            WHEN 0 THEN scheme || host || ':8080' || path
            WHEN 1 THEN 'https://' || host || ':443' || path
            WHEN 2 THEN 'http://' || host || ':80' || path
            WHEN 3 THEN scheme || upper(host) || path
            WHEN 4 THEN scheme || upper(host[1]) || host[2:] || path
            WHEN 5 THEN 'HTTPS://' || host || path
            WHEN 6 THEN scheme || 'user:word@' || host || path
            WHEN 7 THEN scheme || host || '.' || path
            WHEN 8 THEN scheme || host || replace(path, '/', '\')
            WHEN 9 THEN ' ' || scheme || host || path
            WHEN 10 THEN scheme || shown || path || '?'
            WHEN 11 THEN scheme || host || '/a/../b/.' || path
            WHEN 12 THEN scheme || host || path || '/%7Euser/caf%c3%a9'
            WHEN 13 THEN scheme || host || path || '/a%2Fb%25c'
            WHEN 14 THEN scheme || host || path || '/写真 1.jpg'
            WHEN 15 THEN scheme || host || '/' || path
            WHEN 16 THEN scheme || host || path || '/[1]|{2}^"3"'
            WHEN 17 THEN pick(['', 'ftp://' || host || '/', host || path, 'https://', NULL, 'https://a_b..' || host], u(i, 36))
            WHEN 18 THEN scheme || host || '/robots.txt'
            ELSE scheme || host
        END
    END AS url,
    CASE
        WHEN u(i, 37) >= 0.02
            THEN TIMESTAMP '2019-01-01' + to_seconds(floor(220924800 * u(i, 38))::BIGINT)
    END AS collected_at,
    CASE WHEN u(i, 39) >= 0.3 THEN sha256(i::VARCHAR) END AS sha256
FROM written
ORDER BY i
