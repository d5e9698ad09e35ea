-- The knowledge that an audit needs, brought up to date from a store.
-- Numbers, once given, stay: hosts that nothing new is known of keep their states, so that only
-- the rows of the others have to be judged again. The store itself only ever grows.
CREATE TABLE IF NOT EXISTS about (name VARCHAR PRIMARY KEY, said VARCHAR);
-- What each update but the first changed: which hosts, each with the states it had until then (NULL: it
-- is new), and the hosts of list entries that came or went.
CREATE TABLE IF NOT EXISTS update_made (number INTEGER, digest VARCHAR);
CREATE TABLE IF NOT EXISTS changed (
    number INTEGER, host_id INTEGER, first_state INTEGER, last_state INTEGER
);
CREATE TABLE IF NOT EXISTS entry_named (number INTEGER, host VARCHAR);
CREATE TABLE IF NOT EXISTS host (host_id INTEGER, host VARCHAR, name VARCHAR);
CREATE TABLE IF NOT EXISTS robots_answer (
    host_id INTEGER, capture_id BIGINT, seen_at TIMESTAMP, outcome VARCHAR, status SMALLINT,
    body_sha256 VARCHAR, lowercased BOOLEAN
);
-- Pages that were seen, and files that speak for the whole site: `path` of those is `site:` and their
-- path. `gated`, `declared`, `priced` NULL: seen, and cannot tell. `terms`: the addresses of those that it
-- names for everybody; `is_terms`: it is a file of such terms, or was not there.
CREATE TABLE IF NOT EXISTS page_answer (
    host_id INTEGER, path VARCHAR, capture_id BIGINT, seen_at TIMESTAMP, status SMALLINT,
    body_sha256 VARCHAR, gated BOOLEAN, declared BOOLEAN, priced BOOLEAN, terms VARCHAR[],
    is_terms BOOLEAN
);
-- What robots bodies declare beside their rules, of those that declare anything, and the addresses of
-- the terms that they name for everybody.
CREATE TABLE IF NOT EXISTS robots_declaration (
    body_sha256 VARCHAR, lowercased BOOLEAN, declared BOOLEAN, priced BOOLEAN, terms VARCHAR[]
);
CREATE TABLE IF NOT EXISTS list_entry (
    entry_id VARCHAR, scope VARCHAR, host VARCHAR, port VARCHAR, path VARCHAR, list_id VARCHAR,
    submitter VARCHAR, role VARCHAR, basis VARCHAR,
    status VARCHAR,             -- what became of it, as a report tells it
    counts VARCHAR,             -- yes, pending (nobody has verified it yet), no
    received_at TIMESTAMP, published_at TIMESTAMP,
    ended_at TIMESTAMP          -- from then on it does not count; NULL: it still does
);
-- The same of digests, each with the spellings in which rows may hold it.
CREATE TABLE IF NOT EXISTS digest_entry (
    entry_id VARCHAR, algorithm VARCHAR, digest BLOB, list_id VARCHAR, submitter VARCHAR,
    role VARCHAR, basis VARCHAR, status VARCHAR, counts VARCHAR, received_at TIMESTAMP,
    published_at TIMESTAMP, ended_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS digest_key (algorithm VARCHAR, key VARCHAR, entry_id VARCHAR);
-- Updates but the first that changed anything of them.
CREATE TABLE IF NOT EXISTS digest_change (number INTEGER);
-- Lists that partners keep to themselves: what they name is told by the entry's id alone.
CREATE TABLE IF NOT EXISTS restricted_list (list_id VARCHAR);
-- All that lists name, as it is told: of a digest the algorithm, and never the digest.
CREATE VIEW IF NOT EXISTS named_entry AS
SELECT * REPLACE (
    CASE WHEN list_id IN (FROM restricted_list) THEN '' ELSE host END AS host,
    CASE WHEN list_id IN (FROM restricted_list) THEN '' ELSE port END AS port,
    CASE WHEN list_id IN (FROM restricted_list) THEN 'entry ' || entry_id[:12] ELSE path END AS path
)
FROM list_entry
UNION ALL
SELECT
    entry_id, 'hash', '', '', algorithm, list_id, submitter, role, basis, status, counts,
    received_at, published_at, ended_at
FROM digest_entry;
-- Each robots body by number; number 0 stands for a robots.txt that is not there.
CREATE TABLE IF NOT EXISTS policy (
    policy_id INTEGER, body_sha256 VARCHAR, lowercased BOOLEAN,
    refusing INTEGER,           -- groups that refuse anything
    ruleset_ids INTEGER[]       -- those that have to be asked for each path
);
CREATE TABLE IF NOT EXISTS ruleset (
    ruleset_id INTEGER, ruleset VARCHAR, folded BOOLEAN,
    default_rank INTEGER,       -- of its rules that match every path; -1: it has none
    mask UBIGINT,               -- which first four characters its other rules look for
    traits UBIGINT              -- what else those look for that name fewer; see 02_policies.sql
);
CREATE TABLE IF NOT EXISTS rule (
    ruleset_id INTEGER, literal VARCHAR, like_form VARCHAR,
    rank INTEGER,               -- the highest that matches decides; an even one refuses
    -- What a path must have, of which one is asked first: its first four or two characters, its last
    -- four, or a piece anywhere.
    start_4 VARCHAR, start_2 VARCHAR, end_4 VARCHAR, piece VARCHAR
);
CREATE TABLE IF NOT EXISTS agent_policy (
    policy_id INTEGER, token VARCHAR, class VARCHAR, ruleset_id INTEGER
);
CREATE TABLE IF NOT EXISTS refusal (
    refusal_id INTEGER, agents VARCHAR[], ai BOOLEAN, self BOOLEAN
);
CREATE TABLE IF NOT EXISTS answer_refusal (
    policy_id INTEGER, refused INTEGER[], refusal_id INTEGER
);
CREATE TABLE IF NOT EXISTS observation (
    host_id INTEGER, ordinal INTEGER, seen_at TIMESTAMP, capture_id BIGINT, policy_id INTEGER
);
-- Answers to robots.txt that were none, each with the last state before it (RFC 9309, 2.3.1.4).
CREATE TABLE IF NOT EXISTS unreachable (
    host_id INTEGER, seen_at TIMESTAMP, capture_id BIGINT, last_state TIMESTAMP
);
CREATE TABLE IF NOT EXISTS page_observation (
    host_id INTEGER, path VARCHAR, capture_id BIGINT, seen_at TIMESTAMP, gated BOOLEAN,
    declared BOOLEAN, priced BOOLEAN, ordinal INTEGER
);
-- Rule sets that a row's path is asked of; a row's answer has bit n where the n-th refuses.
CREATE TABLE IF NOT EXISTS question (
    question_id INTEGER, ruleset_ids INTEGER[],
    default_answer INTEGER      -- where no rule but those for every path matches
);
CREATE TABLE IF NOT EXISTS core (
    core BIGINT, readable BOOLEAN, ai_timing VARCHAR, self_timing VARCHAR, any_ai BOOLEAN,
    any_self BOOLEAN, gate BOOLEAN, gate_basis VARCHAR, gate_later BOOLEAN, declared BOOLEAN,
    declared_basis VARCHAR, declared_later BOOLEAN, priced BOOLEAN, priced_basis VARCHAR,
    robots_unreachable BOOLEAN, listed BOOLEAN,
    known VARCHAR, known_before_later_act BOOLEAN, published_before BOOLEAN, unverified BOOLEAN
);
-- Facts by number: a core, and whom robots.txt refused before and after.
CREATE TABLE IF NOT EXISTS fact (
    fact_id INTEGER, core BIGINT, p_refusal INTEGER, n_refusal INTEGER
);
-- The facts for the answers 0, 1, 2 … to a question.
CREATE TABLE IF NOT EXISTS shape (
    shape_id INTEGER, core BIGINT, p_refusals INTEGER[], n_refusals INTEGER[], fact_ids INTEGER[]
);
-- What is known of a host at acts without a date (nth 0), and before, between and after the moments
-- at which it changes (nth 1 …).
CREATE TABLE IF NOT EXISTS state (
    state_id INTEGER, host_id INTEGER, nth INTEGER, t_from TIMESTAMP,
    fact_id INTEGER,            -- for the default answer
    shape_id INTEGER, question_id INTEGER,      -- NULL: no path is asked
    p_capture BIGINT, n_capture BIGINT, more_captures STRUCT(role VARCHAR, id BIGINT)[]
);
-- What names a host: in which periods, at most 20 entries to show, and every list.
CREATE TABLE IF NOT EXISTS host_entries (
    host_id INTEGER, periods {period}[], unverified_at TIMESTAMP, entries VARCHAR[]
);
CREATE TABLE IF NOT EXISTS host_list (host_id INTEGER, list_id VARCHAR, status VARCHAR);
CREATE TABLE IF NOT EXISTS host_seen (
    host_id INTEGER, robots_captures INTEGER, page_captures INTEGER, first_capture TIMESTAMP,
    last_capture TIMESTAMP
);
-- Where a row finds its host's states; see 07_places.sql.
CREATE TABLE IF NOT EXISTS place (
    host VARCHAR, host_id INTEGER,
    kind UTINYINT,              -- 0: steps lead to facts, 1: to a leaf, 2: to nothing
    state_0 INTEGER, fact_0 INTEGER,    -- for acts without a date
    fact_1 INTEGER, question_id INTEGER,
    mask UBIGINT, traits UBIGINT,       -- of all its rule sets
    own_mask UBIGINT,           -- first four characters of pages seen and addresses listed
    {typed}
);
CREATE TABLE IF NOT EXISTS leaf (
    leaf_id INTEGER, host_id INTEGER, leaf INTEGER, state_1 INTEGER, fact_1 INTEGER, {typed}
);
-- Addresses on a host that are named, with all that names them.
CREATE TABLE IF NOT EXISTS host_address (
    address_id INTEGER, host_id INTEGER, scope VARCHAR, path VARCHAR,
    key VARCHAR,                -- the first four characters of `path`, where it has as many
    periods {period}[], unverified_at TIMESTAMP, entries VARCHAR[],
    lists STRUCT(list_id VARCHAR, status VARCHAR)[]
);
