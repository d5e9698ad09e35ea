-- Sealed lists (provenance/sealed.py). `keyed` is HMAC-SHA-256 under the key beside this file.
CREATE TABLE IF NOT EXISTS sealed_state (state VARCHAR);
CREATE TABLE IF NOT EXISTS sealed_list (
    list_id VARCHAR, kind VARCHAR, submitter VARCHAR, terms VARCHAR,
    first_at TIMESTAMP,         -- when its first version came
    received_at TIMESTAMP       -- when this version came
);
CREATE TABLE IF NOT EXISTS sealed_entry (
    list_id VARCHAR,
    target INTEGER,             -- entries that stand for one line of the list have one number
    scope VARCHAR,              -- domain, host, subdomains, url, url_prefix, hash; pages: of this
                                -- host single pages are listed
    keyed BLOB
);
