-- Which of a row's acts comes to the highest level? The first of those is kept, and tells which it is.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT
    row,
    worst.state AS state,
    worst.fact AS fact,
    worst.own_fact AS own_fact,
    worst.host_id AS host_id
FROM (
    SELECT
        (row // getvariable('accesses'))::INTEGER AS row,
        arg_max(
            {'state': state, 'fact': fact, 'own_fact': own_fact, 'host_id': host_id},
            list_position(getvariable('levels'), outcome.level) * 1000
                - row % getvariable('accesses')
        ) AS worst
    FROM judged
    JOIN outcome ON outcome.fact_id = judged.fact
    GROUP BY row // getvariable('accesses')
);
