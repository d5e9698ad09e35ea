-- What did right holders hand in? Eight submissions, one of which nobody has verified.
INSERT INTO submission BY NAME
SELECT
    number AS submission_id,
    'holder' || number || '/list' AS list_id,
    1 AS version,
    TIMESTAMP '2019-03-01' + to_days(280 * number::INTEGER) AS received_at,
    CASE WHEN number % 3 = 0 THEN received_at - to_days(500) END AS published_at,
    'Holder ' || number AS submitter,
    'association' AS role,
    'association_list' AS basis,
    'plain' AS format,
    'list.txt' AS file_name,
    sha256('list' || number) AS file_sha256,
    'corpus' AS suffix_list,
    CASE number WHEN 5 THEN 'received' ELSE 'accepted' END AS status
FROM range(1, 9) AS numbers(number);

CREATE TEMP TABLE listing AS
SELECT
    i,
    site,
    host_name.host AS named,
    CASE
        WHEN u(i, 56) < 0.60 THEN 'host'
        WHEN u(i, 56) < 0.80 THEN 'domain'
        WHEN u(i, 56) < 0.85 THEN 'subdomains'
        WHEN u(i, 56) < 0.90 THEN 'below'
        WHEN u(i, 56) < 0.95 THEN 'url_prefix'
        ELSE 'url'
    END AS kind,
    (
        SELECT {'plain': plain, 'start': start} FROM path_form
        WHERE form = getvariable('common_forms')[1 + floor(len(getvariable('common_forms')) * u(i, 57))::BIGINT]
    ) AS common
FROM range(getvariable('entries')) AS numbers(i)
-- Names are drawn evenly, half of them hosts of the manifest; addresses from its popular hosts.
JOIN host_name ON rank = CASE
    WHEN u(i, 56) < 0.90 THEN floor(2 * getvariable('hosts') * u(i, 58))::BIGINT
    ELSE popular(u(i, 58), getvariable('hosts'))
END
WHERE host_name.kind <> 'ip';

INSERT INTO entry BY NAME
SELECT
    submission_id,
    sha256('v1|' || scope || '|' || host || '|' || port || '|' || path) AS entry_id,
    i AS line,
    host AS raw,
    scope,
    host,
    port,
    path,
    '' AS category,
    '' AS work,
    '' AS right_holder,
    [] AS warnings
FROM (
    SELECT DISTINCT ON (scope, host, port, path, submission_id)
        i,
        submission_id,
        CASE kind WHEN 'below' THEN 'domain' ELSE kind END AS scope,
        CASE kind
            WHEN 'domain' THEN site
            WHEN 'subdomains' THEN site
            WHEN 'url' THEN CASE WHEN u(i, 59) < 0.3 THEN regexp_replace(named, '^www\.', '') ELSE named END
            ELSE named
        END AS host,
        CASE WHEN kind IN ('url', 'url_prefix') AND u(i, 60) < 0.01 THEN '8080' ELSE '' END AS port,
        CASE kind
            WHEN 'url' THEN common.plain
            WHEN 'url_prefix' THEN coalesce(nullif(regexp_extract(common.start, '^/[^/?]+/?', 0), ''), '/')
            ELSE ''
        END AS path
    FROM listing, unnest(
        CASE WHEN u(i, 61) < 0.03
            THEN [1 + floor(8 * u(i, 62)), 1 + floor(8 * u(i, 63))]
            ELSE [1 + floor(8 * u(i, 62))]
        END
    ) AS received(submission_id)
    ORDER BY i
)
ORDER BY i;
