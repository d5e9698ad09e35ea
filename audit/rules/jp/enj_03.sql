-- id: ENJ-03
-- title: Retrieval is declared to output the expression of what is indexed
-- title_ja: 検索拡張により入力の表現を出力する目的が宣言されている
-- statement: An index that outputs what was put in is not covered by Article 30-4; Article 47-5 (minor use with the results of processing) may be
-- basis: Overview of the General Understanding on AI and Copyright in Japan (Agency for Cultural Affairs, May 2024), retrieval-augmented generation
-- grade: A
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: high
-- rests_on: declaration
-- advice: Have counsel record whether the conditions of Article 47-5 are met: short parts, a link, no full text
-- advice_ja: 47条の5の要件(軽微性・出所表示・全文不掲載)の検討を記録する
-- must_not: N1
-- missing: dataset
CASE WHEN purpose <> 'unknown' THEN
    purpose = 'rag_verbatim' AND NOT coalesce(minor_use, FALSE)
        AND coalesce(licence, 'none') <> 'held'
END
