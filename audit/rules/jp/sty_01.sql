-- id: STY-01
-- title: A small fine-tuning set is made mostly of one creator's works
-- title_ja: 少量の追加学習データが主に一人の創作者の作品からなる
-- statement: A small set made only of one creator's works may share expression and not only style; copying it in order to output that expression loses Article 30-4. From where on is our own choice (thresholds, creator_share and small_rows)
-- basis: Overview of the General Understanding on AI and Copyright in Japan (Agency for Cultural Affairs, May 2024), imitation of a creator's style
-- grade: A
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: high
-- rests_on: manifest
-- advice: Get the creator's licence, or broaden the set
-- advice_ja: 創作者の許諾を得るか、データを広げる
-- must_not: N1 N6 N7
purpose IN ('finetune_general', 'finetune_reproduce') AND concentrated AND small_set
    AND NOT coalesce(own_works, FALSE) AND coalesce(licence, 'none') <> 'held'
