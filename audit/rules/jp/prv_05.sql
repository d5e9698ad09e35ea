-- id: PRV-05
-- title: A measure was there, the collection passed it, and such databases were sold before
-- title_ja: 措置・その通過・データベースの販売実績がいずれも記録されている
-- statement: The proviso's example has four elements: a measure, facts from which a future sale can be inferred, its avoidance, and a database work; three of them are recorded here, and the fourth is nobody's to find by software
-- basis: Overview of the General Understanding on AI and Copyright in Japan (Agency for Cultural Affairs, May 2024), proviso, footnotes 2 to 4; General Understanding (2024), main text pp. 24-27
-- grade: A
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: high
-- rests_on: robots_self
-- advice: Exclude the rows, or negotiate a licence
-- advice_ja: 除外するか、許諾を交渉する
-- must_not: N1 N2
-- missing: dataset
-- What passed a gate is what PRV-03 speaks of: not an account whose terms allow mining.
sold_before
    AND (
        agent_known AND robots_self AND NOT robots_later
        OR gate AND NOT coalesce(account_allows, FALSE)
        OR coalesce(account_used AND NOT account_allows, FALSE)
        OR coalesce(circumvented, FALSE)
    )
