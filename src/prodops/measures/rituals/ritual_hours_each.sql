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
),
weeks as (
    select distinct s.week
    from sittings s
    join audit_window w on s.starts_at >= w.starts_at and s.starts_at <= w.ends_at
    where s.counted
)
select l.ritual, k.week, coalesce(sat.pm_hours, 0e0) as pm_hours
from ritual_loads l
cross join weeks k
left join sat on sat.ritual = l.ritual and sat.week = k.week
where l.pm_hours_told is not null
order by l.ritual, k.week
