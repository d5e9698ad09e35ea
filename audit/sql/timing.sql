-- How sure is a state at an act? (Table A) Parameters: fresh, bracket, carry.

-- Table A: how the observations before (p) and after (n) stand to an act of [lo, hi).
CREATE OR REPLACE TEMP MACRO timing_of(lo, hi, p_at, n_at, flips) AS CASE
    WHEN lo IS NULL THEN 'undated'
    WHEN flips THEN 'inside'
    WHEN p_at IS NULL AND n_at IS NULL THEN 'never'
    WHEN p_at IS NULL THEN 'after'
    WHEN hi - p_at <= getvariable('fresh') THEN 'fresh'
    WHEN n_at IS NOT NULL AND n_at - p_at <= getvariable('bracket') THEN 'near'
    WHEN n_at IS NOT NULL THEN 'far'
    WHEN hi - p_at <= getvariable('carry') THEN 'carried'
    ELSE 'stale'
END;

-- Whether the agent of an act was refused. NULL: it is the agent of the dataset.
CREATE OR REPLACE TEMP MACRO self_of(self, agents, agent) AS
    CASE WHEN agent IS NULL THEN self ELSE list_contains(agents, agent) END;

-- The agent of the n-th act that accessed every row; NULL: that of the dataset.
CREATE OR REPLACE TEMP MACRO agent_of(access) AS getvariable('access_agents')[access];

-- TRUE: in force, perhaps only possibly (see its basis). FALSE: not in force. NULL: cannot tell;
-- "possibly not" is that too.
CREATE OR REPLACE TEMP MACRO state_of(timing, p, n, any_inside) AS CASE
    WHEN timing IN ('undated', 'never', 'after') THEN NULL
    WHEN timing = 'inside' THEN nullif(coalesce(p, FALSE) OR any_inside, FALSE)
    WHEN timing IN ('fresh', 'carried') THEN p
    WHEN timing = 'stale' THEN nullif(p, FALSE)
    WHEN p IS NULL OR n IS NULL THEN NULL
    WHEN p <> n THEN TRUE
    WHEN timing = 'near' THEN p
    ELSE nullif(p, FALSE)
END;

CREATE OR REPLACE TEMP MACRO basis_of(timing, p, n) AS CASE
    WHEN timing = 'undated' THEN 'no_collection_date'
    WHEN timing = 'never' THEN 'never_observed'
    WHEN timing = 'after' THEN 'after_only'
    WHEN timing = 'inside' THEN 'inside_window'
    WHEN timing = 'fresh' THEN 'contemporaneous'
    WHEN timing = 'carried' THEN 'carried'
    WHEN timing = 'stale' THEN 'carried_stale'
    WHEN p <> n THEN 'changed_between'
    WHEN timing = 'near' THEN 'bracketed'
    ELSE 'bracketed_wide'
END;

-- One number for what is known at an act, apart from whom robots.txt refused.
CREATE OR REPLACE TEMP MACRO tri(said) AS CASE WHEN said IS NULL THEN 0 WHEN said THEN 2 ELSE 1 END;

CREATE OR REPLACE TEMP MACRO timing_number(timing) AS list_position(
    ['undated', 'inside', 'never', 'after', 'fresh', 'near', 'far', 'carried', 'stale'], timing
)::BIGINT;

CREATE OR REPLACE TEMP MACRO basis_number(basis) AS list_position(
    [
        'no_collection_date', 'never_observed', 'after_only', 'inside_window', 'contemporaneous',
        'carried', 'carried_stale', 'changed_between', 'bracketed', 'bracketed_wide'
    ],
    basis
)::BIGINT;

CREATE OR REPLACE TEMP MACRO known_number(known) AS
    coalesce(list_position(['before', 'during', 'after'], known), 0)::BIGINT;

-- When entries count: all their periods where one of them ends, else what it comes to, the earliest
-- receipt and the earliest publication.
CREATE OR REPLACE TEMP MACRO periods_of(counts, received, published, ended) AS CASE
    WHEN bool_or(counts = 'yes' AND ended IS NOT NULL) THEN
        list(
            DISTINCT {'received_at': received, 'published_at': published, 'ended_at': ended}
            ORDER BY {'received_at': received, 'published_at': published, 'ended_at': ended}
        ) FILTER (counts = 'yes')
    WHEN bool_or(counts = 'yes') THEN [
        {
            'received_at': min(received) FILTER (counts = 'yes'),
            'published_at': min(published) FILTER (counts = 'yes'),
            'ended_at': NULL::TIMESTAMP
        }
    ]
END;

-- Those that have not ended at a moment; all of them where no moment is known.
CREATE OR REPLACE TEMP MACRO lasting(periods, moment) AS list_filter(
    periods, lambda one: moment IS NULL OR one.ended_at IS NULL OR one.ended_at > moment
);

CREATE OR REPLACE TEMP MACRO received_in(periods, moment) AS
    list_min(list_transform(lasting(periods, moment), lambda one: one.received_at));

CREATE OR REPLACE TEMP MACRO published_in(periods, moment) AS
    list_min(list_transform(lasting(periods, moment), lambda one: one.published_at));

-- Since when a row was known to be listed, as facts: received and published are the earliest of what
-- counts at the act.
CREATE OR REPLACE TEMP MACRO known_of(received, lo, hi) AS CASE
    WHEN received IS NULL OR lo IS NULL THEN NULL
    WHEN received < lo THEN 'before'
    WHEN received < hi THEN 'during'
    ELSE 'after'
END;

-- NULL: no later act is declared, so whether knowledge came before it cannot be told.
CREATE OR REPLACE TEMP MACRO known_before_later_act_of(received, received_by_then) AS CASE
    WHEN received IS NULL THEN FALSE
    WHEN getvariable('last_later_act') IS NULL THEN NULL
    ELSE coalesce(received_by_then < getvariable('last_later_act'), FALSE)
END;

CREATE OR REPLACE TEMP MACRO published_before_of(published, lo) AS
    CASE WHEN published IS NULL THEN FALSE ELSE published < lo END;

-- The last digits of a core: what lists say.
CREATE OR REPLACE TEMP MACRO listing_number(listed, known, before_later, published, unverified) AS
    (((listed::BIGINT
        * 4 + known_number(known))
        * 3 + tri(before_later))
        * 3 + tri(published))
        * 2 + unverified::BIGINT;
