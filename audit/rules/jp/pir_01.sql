-- id: PIR-01
-- title: Named by a list that had been received before the source was accessed
-- title_ja: アクセス前に受領していたリストに掲載
-- statement: The overview asks builders to strictly avoid collecting from sites that they know to hold pirated copies; knowing is one factor in an overall assessment of responsibility for generated infringements (main text p. 28)
-- basis: Overview of the General Understanding on AI and Copyright in Japan (Agency for Cultural Affairs, May 2024): collecting while knowing is to be strictly avoided; General Understanding (2024), main text pp. 27-28
-- grade: A
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: CASE WHEN purpose = 'finetune_reproduce' THEN 'critical' ELSE 'high' END
-- rests_on: notice
-- advice: Remove the row, record the decision, do not fetch again
-- advice_ja: 当該行を除去し、決定を記録し、再取得しない
-- must_not: N1 N3
listed AND CASE
    WHEN known IN ('before', 'during') THEN TRUE
    WHEN known = 'after' THEN FALSE
END
