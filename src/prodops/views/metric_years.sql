with span as (
    select
        max(used_at) as until,
        greatest(min(used_at), max(used_at) - interval '364' day) as since
    from metric_use
    where used_at <= $today
)
select
    u.reads,
    sum(case when u.kind = 'recheck' then 0 else 1 end) as views,
    sum(case when u.kind = 'recheck' then 1 else 0 end) as rechecks,
    sum(case when u.kind = 'recheck' then coalesce(u.minutes, 0e0) else 0e0 end) as minutes,
    sum(case when u.kind = 'recheck' and u.minutes is not null then 1 else 0 end) as timed,
    sum(case when u.kind = 'recheck' then coalesce(u.minutes * u.minutes, 0e0) else 0e0 end) as minutes_squared,
    count(distinct case when u.person <> '' then u.person end) as people,
    max(greatest(1e0, (extract(epoch from s.until) - extract(epoch from s.since)) / 604800e0)) as weeks
from metric_use u
join span s on u.used_at >= s.since and u.used_at <= s.until
group by u.reads
