select
    s.week,
    sum(s.hours * s.attended) as pm_hours,
    1 + max(
        extract(epoch from date_trunc('week', w.ends_at)) - extract(epoch from date_trunc('week', w.starts_at))
    ) / 604800e0 as weeks
from sittings s
join audit_window w on s.starts_at >= w.starts_at and s.starts_at <= w.ends_at
where s.counted and s.series is not null
group by s.week
order by s.week
