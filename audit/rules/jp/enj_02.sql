-- id: ENJ-02
-- title: The declared purpose is to reproduce the expression of works in the dataset
-- title_ja: データセット内の著作物の表現を出力させる目的が宣言されている
-- statement: Training meant to output the expression of works in the set, such as fine-tuning by intentional overfitting, has an enjoyment purpose beside the analysis; the entry condition of Article 30-4 is then missing and no proviso is needed
-- basis: Overview of the General Understanding on AI and Copyright in Japan (Agency for Cultural Affairs, May 2024), cases that do not meet Article 30-4; General Understanding (2024), main text pp. 19-20
-- grade: A
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: high
-- rests_on: declaration
-- advice: Get a licence for the works, or drop the rows
-- advice_ja: 許諾を得るか、当該行を除外する
-- must_not: N1 N6
-- missing: dataset
CASE WHEN purpose <> 'unknown' THEN
    purpose = 'finetune_reproduce' AND NOT coalesce(own_works, FALSE)
        AND coalesce(licence, 'none') <> 'held'
END
