-- id: PIR-05
-- title: The list was public before collection, but had not been received
-- title_ja: 収集前に公開されていたが受領記録のないリスト
-- statement: A list that was public could have been read; that is availability, not knowledge
-- basis: Act logic of Table B, row B7: availability is not knowledge (docs/rules.md)
-- grade: X
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: medium
-- rests_on: notice
-- advice: Subscribe to the list and keep a log of each fetch
-- advice_ja: リストを購読し、取得の記録を残す
-- must_not: N3
published_before AND CASE
    WHEN known IN ('before', 'during') THEN FALSE
    ELSE TRUE
END
