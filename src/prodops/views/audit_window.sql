with span as (
    select min(starts_at) as first_at, max(starts_at) as last_at
    from meeting
    where starts_at <= $today and not all_day and status <> 'cancelled'
),
bounds as (
    select
        case
            when first_at > last_at - interval '182' day then first_at
            else last_at - interval '182' day
        end as starts_at,
        last_at as ends_at
    from span
    where last_at is not null
)
select
    starts_at,
    ends_at,
    case
        when extract(epoch from ends_at) - extract(epoch from starts_at) < 604800 then 1e0
        else (extract(epoch from ends_at) - extract(epoch from starts_at)) / 604800e0
    end as weeks
from bounds
