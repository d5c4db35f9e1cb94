with sat as (
    select r.ritual, s.week, sum(s.hours * s.attended) as pm_hours
    from sittings s
    join audit_window w on s.starts_at >= w.starts_at and s.starts_at <= w.ends_at
    join ritual_names r
        on (r.trace = 'series' and r.name = s.series) or (
            r.trace = 'single' and s.series is null
            and r.name = s.title || '|' || s.organiser
        )
    where s.counted
    group by r.ritual, s.week
)
select
    l.ritual,
    coalesce(sat.pm_hours, 0e0) as pm_hours,
    1 + (
        extract(epoch from date_trunc('week', w.ends_at)) - extract(epoch from date_trunc('week', w.starts_at))
    ) / 604800e0 as weeks
from ritual_loads l
cross join audit_window w
left join sat on sat.ritual = l.ritual
where l.pm_hours_told is not null
order by l.ritual, sat.week
