with spans as (
    select 'meetings' as kind, min(starts_at) as first_at, max(starts_at) as last_at
    from meeting where starts_at <= $today
    union all
    select 'notes', min(cast(held_on as timestamp)), max(cast(held_on as timestamp))
    from note where held_on <= cast($today as date)
    union all
    select 'feedback', min(created_at), max(created_at)
    from feedback where created_at <= $today
    union all
    select 'uses', min(used_at), max(used_at)
    from metric_use where used_at <= $today
)
select
    kind,
    first_at,
    last_at,
    case
        when extract(epoch from last_at) - extract(epoch from first_at) < 604800 then 1e0
        else (extract(epoch from last_at) - extract(epoch from first_at)) / 604800e0
    end as weeks
from spans
where first_at is not null
