-- id: PRV-09
-- title: What robots.txt said changed between the observations around collection
-- title_ja: 収集前後の観測の間に robots.txt の内容が変わった
-- statement: The state changed between the observations around collection: either is possible at the act
-- basis: Table A, rows A4 and A9: either state is possible at the act (docs/rules.md)
-- grade: X
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: low
-- rests_on: robots_ai
-- advice: Look for an archived capture nearer to the date
-- advice_ja: 収集日により近いアーカイブを探す
-- must_not: N5
robots_ai_basis IN ('changed_between', 'inside_window')
    OR (agent_known AND robots_self_basis IN ('changed_between', 'inside_window'))
