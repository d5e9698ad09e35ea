-- How many rows of which host have which facts, for an audit whose tables are gathered? `accepted` holds
-- what was accepted and still holds; where nothing was, hosts count for nothing.
CREATE TEMP TABLE standing AS
SELECT
    row_number() OVER ()::INTEGER AS standing_id,
    *
FROM (
    SELECT
        shard,
        fact_id,
        CASE WHEN EXISTS (FROM accepted) THEN host END AS host,
        sum(row_count)::BIGINT AS row_count
    FROM tallied
    GROUP BY ALL
);

-- At which accepted place does each host stand? '' is everywhere.
CREATE TEMP TABLE standing_place AS
WITH met AS (
    SELECT DISTINCT host, regexp_replace(host, ':[0-9]+$', '') AS name
    FROM standing
    WHERE host IS NOT NULL
)
SELECT host, host AS place, 'host' AS kind
FROM met
SEMI JOIN accepted ON accepted.kind = 'host' AND accepted.place = met.host
UNION ALL
SELECT host, parent, 'site'
FROM (SELECT host, unnest(parents_of(name)) AS parent FROM met) AS labels
SEMI JOIN accepted ON accepted.kind = 'site' AND accepted.place = labels.parent;

-- Which rule is accepted for which of them? A rule that cannot be told stands at `unknown`.
CREATE TEMP TABLE covered AS
WITH fired AS (
    SELECT shard, fact_id, rule_id, list_position(getvariable('levels'), level) AS rank
    FROM shard_fired
    WHERE fires OR level = 'unknown'
)
SELECT standing.standing_id, fired.rule_id, accepted.number, standing.row_count,
    fired.rank <= accepted.highest AS within
FROM standing
JOIN fired USING (shard, fact_id)
JOIN standing_place USING (host)
JOIN accepted
    ON accepted.rule_id = fired.rule_id
    AND accepted.kind = standing_place.kind
    AND accepted.place = standing_place.place
    AND accepted.lowest <= fired.rank
UNION ALL
SELECT standing.standing_id, fired.rule_id, accepted.number, standing.row_count,
    fired.rank <= accepted.highest
FROM standing
JOIN fired USING (shard, fact_id)
JOIN accepted
    ON accepted.rule_id = fired.rule_id
    AND accepted.kind = 'everywhere'
    AND accepted.lowest <= fired.rank;

-- What became of each acceptance? One that more rows need than were accepted, or that a higher level
-- needs, covers none of them: what grew has to be looked at again.
CREATE TEMP TABLE acceptance_now AS
SELECT
    accepted.number,
    coalesce(sum(covered.row_count), 0)::BIGINT AS row_count,
    CASE
        WHEN count(covered.standing_id) = 0 THEN 'unmatched'
        WHEN NOT bool_and(covered.within) THEN 'risen'
        WHEN sum(covered.row_count) > accepted.most_rows THEN 'outgrown'
        ELSE 'holds'
    END AS status
FROM accepted
LEFT JOIN covered USING (number)
GROUP BY accepted.number, accepted.most_rows;

CREATE TEMP TABLE waived AS
SELECT DISTINCT covered.standing_id, covered.rule_id
FROM covered
JOIN acceptance_now AS now USING (number)
WHERE now.status = 'holds';
