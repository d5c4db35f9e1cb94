with named as (
    select ritual, min(title) as title
    from ritual_names
    group by ritual
),
days as (
    select
        ritual,
        min(day) as first_day,
        max(day) as last_day,
        -- n occurrences span n - 1 gaps; the last one stands for its gap too.
        case
            when max(day) - min(day) < 7 then 1e0
            else (max(day) - min(day)) / 7e0 * count(*) / (count(*) - 1e0)
        end as weeks,
        sum(case when planned then 1 else 0 end) as planned,
        sum(case when cancelled then 1 else 0 end) as cancelled,
        sum(case when cancelled then 0 else 1 end) as occurrences,
        sum(case when noted then 1 else 0 end) as noted,
        sum(case when reported then 1 else 0 end) as reported,
        avg(case when cancelled then null else hours end) as hours_each,
        max(invited) as invited,
        max(present) as present
    from occurrences
    group by ritual
),
asked as (
    select o.ritual, sum(o.hours * o.invited) / max(w.weeks) as people_hours_week
    from occurrences o
    join audit_window w on o.day >= cast(w.starts_at as date) and o.day <= cast(w.ends_at as date)
    where not o.cancelled
    group by o.ritual
),
sat as (
    select
        r.ritual,
        sum(s.hours * s.attended) / max(w.weeks) as pm_hours_week,
        count(distinct s.person) as people
    from sittings s
    join audit_window w on s.starts_at >= w.starts_at and s.starts_at <= w.ends_at
    join ritual_names r
        on (r.trace = 'series' and r.name = s.series) or (
            r.trace = 'single' and s.series is null
            and r.name = s.title || '|' || s.organiser
        )
    where s.counted
    group by r.ritual
)
select
    d.ritual,
    n.title,
    d.first_day,
    d.last_day,
    d.weeks,
    d.planned,
    d.cancelled,
    d.occurrences,
    d.noted,
    d.reported,
    coalesce(s.people, 0) as people,
    coalesce(s.pm_hours_week, 0e0) as pm_hours_week,
    case when t.ritual is not null then s.pm_hours_week end as pm_hours_told,
    coalesce(greatest(d.invited, d.present), 5) >= 5 as big_enough,
    a.people_hours_week,
    d.hours_each
from days d
join named n on n.ritual = d.ritual
left join asked a on a.ritual = d.ritual
left join sat s on s.ritual = d.ritual
left join told_rituals t on t.ritual = d.ritual
