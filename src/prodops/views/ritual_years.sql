with span as (
    select min(starts_at) as first_at, max(starts_at) as last_at
    from meeting
    where starts_at <= $today and not all_day and status <> 'cancelled'
),
bounds as (
    select
        greatest(first_at, last_at - interval '364' day) as starts_at,
        last_at as ends_at,
        greatest(1e0, (extract(epoch from last_at)
            - extract(epoch from greatest(first_at, last_at - interval '364' day))) / 604800e0) as weeks
    from span
    where last_at is not null
),
sat as (
    select
        r.ritual,
        s.person,
        cast(s.starts_at as date) as day,
        sum(s.hours * s.attended) as hours,
        max(s.attended) as attended
    from sittings s
    join bounds b on s.starts_at >= b.starts_at and s.starts_at <= b.ends_at
    join ritual_names r
        on (r.trace = 'series' and r.name = s.series) or (
            r.trace = 'single' and s.series is null
            and r.name = s.title || '|' || s.organiser
        )
    where s.counted
    group by r.ritual, s.person, cast(s.starts_at as date)
),
planned as (
    select ritual, day, sum(attended) as expected
    from sat
    group by ritual, day
),
asked as (
    select s.ritual, sum(s.hours) / max(b.weeks) as pm_hours_week, count(distinct s.person) as people,
        count(distinct s.day) as days
    from sat s
    cross join bounds b
    group by s.ritual
    having extract(epoch from max(b.ends_at)) / 86400e0 - extract(epoch from max(s.day)) / 86400e0
        <= 28e0 + 2e0 * (extract(epoch from max(s.day)) - extract(epoch from min(s.day))) / 86400e0
            / greatest(1, count(distinct s.day) - 1)
),
told as (
    select r.ritual, a.held_on as day, a.person
    from attendance a
    join ritual_names r on r.trace = 'attendance' and r.name = a.ritual
    where a.note is null and a.held_on <= cast($today as date)
    union
    select r.ritual, a.held_on as day, a.person
    from attendance a
    join note n on n.id = a.note
    join ritual_names r on r.trace = 'note' and r.name = n.ritual
    where a.held_on <= cast($today as date)
),
known as (
    select named as alias, person from person
    union
    select person as alias, person from person
),
present as (
    select t.ritual, t.day, count(distinct q.person) as pms
    from told t
    left join known k on k.alias = t.person
    left join sat q on q.person = k.person and q.ritual = t.ritual and q.day = t.day
    group by t.ritual, t.day
),
shown as (
    select p.ritual, sum(p.expected) as pms_expected, sum(e.pms) as pms_present
    from planned p
    join present e on e.ritual = p.ritual and e.day = p.day
    group by p.ritual
),
sure as (
    select
        note,
        max(probability) as surest,
        max(case when marked then 1 else 0 end) as marked,
        sum(ln(1e0 - case when probability > 0.999e0 then 0.999e0 else probability end)) as log_none
    from outcome
    group by note
),
newest as (
    select max(day) as last_day
    from occurrences
    where noted and not cancelled
),
gave as (
    select
        o.ritual,
        count(*) as noted,
        sum(case
            when s.note is null then 1e0
            when s.surest > 0.999e0 then 0e0
            else exp(s.log_none)
        end) as empty,
        sum(case when s.marked = 0 then 1 else 0 end) as unmarked,
        sum(case when s.marked = 1 then 1 else 0 end) as marked
    from occurrences o
    join newest w on o.day > w.last_day - 364
    left join sure s on s.note = o.note
    where o.noted and not o.cancelled
    group by o.ritual
),
titled as (
    select ritual, min(title) as title
    from ritual_names
    group by ritual
)
select
    t.ritual,
    t.title,
    cast(cast(coalesce(a.pm_hours_week, 0) as decimal(18, 6)) as double precision) as pm_hours_week,
    coalesce(a.people, 0) as people,
    coalesce(a.days, 0) as days,
    coalesce((select max(weeks) from bounds), 1e0) as weeks,
    coalesce(g.noted, 0) as noted,
    cast(cast(coalesce(g.empty, 0) as decimal(18, 6)) as double precision) as empty,
    coalesce(g.unmarked >= g.marked, true) as told,
    cast(cast(coalesce(h.pms_expected, 0) as decimal(18, 6)) as double precision) as pms_expected,
    coalesce(h.pms_present, 0) as pms_present
from titled t
left join asked a on a.ritual = t.ritual
left join gave g on g.ritual = t.ritual
left join shown h on h.ritual = t.ritual
where a.ritual is not null or g.ritual is not null
