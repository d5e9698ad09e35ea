-- What are the addresses of the rows in `dated`, as lists of right holders compare them: in the
-- canonical spelling, without scheme and without one leading www.? NULL where there is none.
-- Addresses that are not spelt so already are in `odd`, spelt by provenance/urls.py.
CREATE OR REPLACE TEMP VIEW regular AS
SELECT
    row_number,
    url,
    CASE
        WHEN is_regular(url, authority, rest_of(url, authority))
            THEN without_www(authority) || path_of(rest_of(url, authority))
    END AS address
FROM (SELECT row_number, url, split_part(url, '/', 3) AS authority FROM dated);

CREATE OR REPLACE TEMP TABLE odd (url VARCHAR, address VARCHAR);

CREATE OR REPLACE TEMP VIEW addressed AS
SELECT
    regular.row_number,
    sha256(coalesce(regular.address, odd.address)) AS digest
FROM regular
LEFT JOIN odd ON regular.address IS NULL AND odd.url = regular.url;
