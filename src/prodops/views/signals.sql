with moments as (
    select
        f.*,
        greatest(
            f.created_at,
            coalesce(f.first_answer_at, f.created_at),
            coalesce(f.decided_at, f.created_at),
            coalesce(f.closed_at, f.created_at)
        ) as last_moment
    from feedback f
    where f.created_at <= $today
),
seen as (
    select channel, max(coalesce(observed_until, last_moment)) as channel_until
    from moments
    group by channel
),
bounded as (
    select
        m.*,
        -- What happened after the end of observation shows that it went on; nothing is seen that lies ahead.
        least($today, greatest(coalesce(m.observed_until, s.channel_until), m.last_moment)) as until
    from moments m
    join seen s on s.channel = m.channel
),
fates as (
    select
        b.*,
        case
            when b.decided_at is not null and b.decided_at <= b.until then 1
            when b.closed_at is null or b.closed_at > b.until then 0
            when lower(b.closed_how) in ('auto_closed', 'merged', 'spam', 'duplicate', 'stale', 'expired') then 2
            when b.duplicate_of is not null then 2
            else 1
        end as fate
    from bounded b
)
select
    id,
    channel,
    segment,
    product,
    topic,
    created_at,
    until as observed_until,
    fate,
    case
        when not ends_recorded and fate = 0 then null
        when fate = 1 and decided_at is not null
            then (extract(epoch from decided_at) - extract(epoch from created_at)) / 86400e0
        when fate in (1, 2) then (extract(epoch from closed_at) - extract(epoch from created_at)) / 86400e0
        else (extract(epoch from until) - extract(epoch from created_at)) / 86400e0
    end as days,
    case
        when not answers_recorded and first_answer_at is null then null
        when first_answer_at is not null and first_answer_at <= until
            then (extract(epoch from first_answer_at) - extract(epoch from created_at)) / 3600e0
        else (extract(epoch from until) - extract(epoch from created_at)) / 3600e0
    end as answer_hours,
    first_answer_at is not null and first_answer_at <= until as answered,
    (first_answer_at is not null and first_answer_at <= until) or fate = 1 as touched,
    (first_answer_at is not null and first_answer_at <= until) or fate = 1 or (answers_recorded and ends_recorded) as touch_known,
    duplicate_of is not null as duplicate
from fates
