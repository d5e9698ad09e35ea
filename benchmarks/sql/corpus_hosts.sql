-- Which hosts does the corpus know? Those below `hosts` stand in the manifest, in the order of their
-- popularity; as many again are known to the store or to a list only.

-- A number in [0, 1) that depends on the thing, its use and the seed alone.
CREATE OR REPLACE MACRO u(thing, use) AS
    (hash((thing::BIGINT * 64 + use) + getvariable('seed') * 1000000007) >> 12) / 4503599627370496.0;
CREATE OR REPLACE MACRO pick(list, share) AS list[1 + floor(len(list) * share)::BIGINT];

-- Zipf-Mandelbrot: the weight of a rank is 1 / (rank + 10).
CREATE OR REPLACE MACRO popular(share, among) AS
    least(floor(10 * pow((among + 10) / 10.0, share) - 10)::BIGINT, among - 1);

-- Eight letters that no other rank has.
CREATE OR REPLACE MACRO letters(mixed) AS
    getvariable('syllables')[1 + (mixed & 63)] || getvariable('syllables')[1 + (mixed >> 6 & 63)]
    || getvariable('syllables')[1 + (mixed >> 12 & 63)]
    || getvariable('syllables')[1 + (mixed >> 18 & 63)];
CREATE OR REPLACE MACRO site_of(rank) AS
    CASE WHEN u(rank, 0) < 0.6
        THEN pick(getvariable('words'), u(rank, 1)) || CASE WHEN u(rank, 2) < 0.2 THEN '-' ELSE '' END
        ELSE ''
    END
    || letters((rank * 10368889 + 12345) & 16777215)
    || '.' || pick(getvariable('suffixes'), pow(u(rank, 3), 4));

CREATE TEMP TABLE ranked AS
SELECT
    rank,
    CASE
        WHEN u(rank, 4) < 0.004 THEN 'ip'
        WHEN u(rank, 4) < 0.010 THEN 'idn'
        WHEN u(rank, 4) < 0.210 THEN 'shared'
        WHEN u(rank, 4) < 0.600 THEN 'www'
        WHEN u(rank, 4) < 0.800 THEN 'below'
        ELSE 'bare'
    END AS kind,
    site_of(CASE WHEN kind = 'shared' THEN floor(2 * getvariable('hosts') * u(rank, 5))::BIGINT ELSE rank END)
        AS site
FROM range(2 * getvariable('hosts')) AS ranks(rank);

-- `shown` is how a careless manifest writes the host: in Unicode where it has an A-label.
CREATE TABLE host_name AS
SELECT
    rank,
    kind,
    site,
    CASE kind
        WHEN 'ip' THEN
            '51.' || (rank >> 16 & 255) || '.' || (rank >> 8 & 255) || '.' || (rank & 255)
        WHEN 'shared' THEN pick(getvariable('subdomains'), u(rank, 6)) || rank || '.' || site
        WHEN 'www' THEN 'www.' || site
        WHEN 'below' THEN pick(getvariable('subdomains'), u(rank, 6)) || '.' || site
        ELSE site
    END AS host,
    host AS shown
FROM ranked
WHERE kind <> 'idn';
