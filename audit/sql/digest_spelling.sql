-- A digest as rows hold it, without the name of the algorithm that some write before it.
CREATE OR REPLACE TEMP MACRO bare_digest(text) AS
    regexp_replace(trim(text), '^(urn:)?(md5|sha-?1|sha-?256|sha-?512)[:-]', '', 'i');
