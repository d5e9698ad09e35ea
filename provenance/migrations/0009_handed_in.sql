-- What came through the portal, each message once. Rows are added, never changed or removed.

-- One message that was taken in: a list, a withdrawal, a dispute, a decision on one of these. What
-- it brought about stands in `submission` and `entry_event`; here stands that it came, and what came
-- of it. Its octets, contact data among them, stay in the portal's folder.
CREATE TABLE handed_in (
    message_id  VARCHAR NOT NULL,        -- given by the portal: the same in every store
    kind        VARCHAR NOT NULL,        -- list, withdrawal, dispute, decision
    received_at TIMESTAMP NOT NULL,      -- by our clock, when it was kept: before it was answered
    account     VARCHAR NOT NULL,        -- who was signed in; empty: nobody
    sha256      VARCHAR NOT NULL,        -- of the message as it is kept
    about       VARCHAR NOT NULL,        -- the message that a decision is on; empty: none
    list_id     VARCHAR NOT NULL,        -- empty: of no list
    file_sha256 VARCHAR NOT NULL,        -- of the list that was handed in; empty: none
    outcome     VARCHAR NOT NULL,        -- taken, refused
    detail      VARCHAR NOT NULL         -- JSON: what came of it, as its receipt says
);
