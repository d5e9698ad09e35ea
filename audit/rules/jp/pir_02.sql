-- id: PIR-02
-- title: Named by a list that was received before training or release
-- title_ja: 学習または公開の前に受領したリストに掲載
-- statement: What was learnt after collection and before training or release was still a choice: the row could have been left out
-- basis: Overview of the General Understanding on AI and Copyright in Japan (Agency for Cultural Affairs, May 2024); act logic of Table B, row B3 (docs/rules.md)
-- grade: A
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: high
-- rests_on: declaration
-- advice: Drop the row before training and make a new version
-- advice_ja: 学習前に除去し、新しい版を作る
-- must_not: N3
listed AND known_before_later_act
    AND CASE WHEN known = 'before' THEN FALSE ELSE TRUE END
