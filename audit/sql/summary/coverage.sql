-- How much of the manifest could be looked at at all?
WITH counted AS (
    SELECT
        *,
        robots_answer(robots_ai, robots_ai_basis) AS robots
    FROM shard_facts
)
SELECT
    coalesce(sum(row_count), 0)::BIGINT AS row_count,
    coalesce(sum(row_count) FILTER (NOT readable), 0)::BIGINT AS unreadable_urls,
    coalesce(sum(row_count) FILTER (robots IN ('refused', 'not_refused')), 0)::BIGINT
        AS robots_known,
    coalesce(sum(row_count) FILTER (robots = 'possibly_refused'), 0)::BIGINT AS robots_possible,
    coalesce(sum(row_count) FILTER (refused_before IS NOT NULL), 0)::BIGINT AS observed_before,
    coalesce(sum(row_count) FILTER (gate IS NOT NULL), 0)::BIGINT AS pages_known,
    coalesce(sum(row_count) FILTER (listed), 0)::BIGINT AS listed
FROM counted;
