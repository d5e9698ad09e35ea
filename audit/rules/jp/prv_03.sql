-- id: PRV-03
-- title: The content stood behind an ID and password, a login or a payment
-- title_ja: ID・パスワード、ログインまたは課金の背後にあるコンテンツ
-- statement: Restricting access by ID and password is named as a technical measure; a paywall is one by analogy
-- basis: Overview of the General Understanding on AI and Copyright in Japan (Agency for Cultural Affairs, May 2024), proviso, footnote 3 (ID and password are named; payment by analogy)
-- grade: A
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: CASE WHEN copies THEN 'high' ELSE 'medium' END
-- rests_on: gate
-- advice: Stop and check the contract under which the content was reached
-- advice_ja: 収集を止め、アクセスの根拠となる契約を確認する
-- must_not: N1
-- missing: note
gate AND NOT coalesce(account_allows, FALSE)
    OR coalesce(account_used AND NOT account_allows, FALSE)
