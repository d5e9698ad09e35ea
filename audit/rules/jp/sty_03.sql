-- id: STY-03
-- title: Captions of a fine-tuning set name its creator or a declared trigger word
-- title_ja: 追加学習データの説明文に創作者名・トリガー語が含まれる
-- statement: Additional training on few works of a specific creator is what the Checklist asks developers to look at
-- basis: Checklist and Guidance on AI and Copyright (Agency for Cultural Affairs, 2024-07-31), as reported by a law firm
-- grade: B
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: CASE WHEN concentrated AND small_set AND coalesce(licence, 'none') <> 'held' THEN 'high' ELSE 'medium' END
-- rests_on: manifest
-- advice: Check what the set is for
-- advice_ja: 利用目的を確認する
-- must_not: N6 N7
-- missing: dataset
purpose IN ('finetune_general', 'finetune_reproduce') AND creator_named
    AND NOT coalesce(own_works, FALSE)
