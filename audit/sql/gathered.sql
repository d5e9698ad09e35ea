-- The verdict of each row of all shards, by its number in the whole; nothing here changes the order.
CREATE OR REPLACE TEMP VIEW row_verdict AS
SELECT
    said.shard,
    shard.first_row + said.row_in_shard AS row,
    said.state,
    said.fact
FROM shard_verdicts AS said
JOIN shard USING (shard);

-- How many rows of which host have which facts? Hosts that nothing is known of go by their names.
CREATE OR REPLACE TEMP VIEW tallied AS
SELECT
    tally.shard,
    tally.fact_id,
    tally.host_id,
    coalesce(host.host, tally.host) AS host,
    tally.by_act,
    tally.row_count
FROM shard_tally AS tally
LEFT JOIN host USING (host_id);
