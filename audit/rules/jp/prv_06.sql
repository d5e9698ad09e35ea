-- id: PRV-06
-- title: robots.txt refused AI-training agents, and which agent collected is not known
-- title_ja: AI学習用クローラーは拒否されており、収集したクローラーの名称が不明
-- statement: Who fetched is known by name only, or not at all: whether the measure was avoided is open
-- basis: Newspaper associations on data bought from undisclosed agents (press, 2025); element matrix: measure present, avoidance unknown
-- grade: C
-- law_as_of: 2026-11-21
-- review_by: 2027-05-21
-- level: medium
-- rests_on: robots_ai
-- advice: Ask upstream for the agent's name and policy and record the answer
-- advice_ja: 上流に収集クローラーの名称と方針を照会し、回答を記録する
-- must_not: N4
CASE
    WHEN agent_known OR robots_later THEN FALSE
    WHEN robots_ai THEN TRUE
    -- Any group could have spoken to an agent we cannot name; unless nobody was refused.
    WHEN NOT robots_self THEN FALSE
END
