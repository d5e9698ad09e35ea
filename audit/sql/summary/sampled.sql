-- The compact verdicts of the sampled rows alone, for `verdict` to join.
CREATE OR REPLACE TEMP VIEW row_verdict AS
SELECT said.shard, sampled.row, said.state, said.fact
FROM sampled
JOIN shard_verdicts AS said USING (shard, row_in_shard);
