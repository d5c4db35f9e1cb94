with ends as (
    select
        channel,
        max(observed_until) as until,
        case
            when min(created_at) > max(observed_until) - interval '182' day then min(created_at)
            else max(observed_until) - interval '182' day
        end as since
    from signals
    group by channel
)
select
    s.channel,
    sum(case when s.created_at >= e.since then 1e0 else 0e0 end)
    / max(case
        when extract(epoch from e.until) - extract(epoch from e.since) < 604800 then 1e0
        else (extract(epoch from e.until) - extract(epoch from e.since)) / 604800e0
    end) as items_week,
    sum(case when s.created_at >= e.since and s.duplicate then 1e0 else 0e0 end)
    / max(case
        when extract(epoch from e.until) - extract(epoch from e.since) < 604800 then 1e0
        else (extract(epoch from e.until) - extract(epoch from e.since)) / 604800e0
    end) as duplicates_week,
    sum(case
        when s.days is not null and s.created_at <= s.observed_until - interval '90' day then 1
        else 0
    end) as grown,
    sum(case
        when s.created_at <= s.observed_until - interval '90' day and s.fate = 1 and s.days <= 90 then 1
        else 0
    end) as decided,
    count(*) as messages
from signals s
join ends e on e.channel = s.channel
group by s.channel
