with planned as (
    select
        r.ritual,
        cast(m.starts_at as date) as day,
        min(m.id) as meeting,
        min(case when m.status = 'cancelled' then 1 else 0 end) as cancelled,
        max(case when m.status = 'cancelled' then 0e0
            else (extract(epoch from m.ends_at) - extract(epoch from m.starts_at)) / 3600e0 end) as hours,
        max(m.invited_count) as invited
    from meeting m
    join ritual_names r
        on (r.trace = 'series' and r.name = m.series) or (
            r.trace = 'single' and m.series is null
            and r.name = m.title || '|' || coalesce(m.organiser, '')
        )
    where m.starts_at <= $today and not m.all_day
    group by r.ritual, cast(m.starts_at as date)
),
traced as (
    select r.ritual, n.held_on as day, n.id as note, null as person
    from note n join ritual_names r on r.trace = 'note' and r.name = n.ritual
    where n.held_on is not null and n.held_on <= cast($today as date)
    union all
    select r.ritual, a.held_on as day, null as note, a.person
    from attendance a join ritual_names r on r.trace = 'attendance' and r.name = a.ritual
    where a.note is null and a.held_on <= cast($today as date)
),
-- Minutes carry the local day and calendars the day in UTC: a day's difference is the same occurrence.
near as (
    select
        t.ritual,
        t.day,
        p.day as planned_day,
        row_number() over (
            partition by t.ritual, t.day
            order by case when p.day = t.day then 0 else 1 end, p.day
        ) as place
    from (select ritual, day from traced group by ritual, day) t
    left join planned p
        on p.ritual = t.ritual and p.day between t.day - 1 and t.day + 1 and p.cancelled = 0
),
seen as (
    select
        t.ritual,
        coalesce(n.planned_day, t.day) as day,
        count(distinct t.note) as notes,
        count(distinct t.person) as reported
    from traced t
    join near n on n.ritual = t.ritual and n.day = t.day and n.place = 1
    group by t.ritual, coalesce(n.planned_day, t.day)
),
days as (
    select ritual, day from planned
    union
    select ritual, day from seen
),
yields as (
    select
        note,
        sum(case when kind = 'decision' then probability else 0e0 end) as decisions,
        sum(case when kind = 'action' then probability else 0e0 end) as actions
    from outcome
    group by note
),
-- Of two files of one occurrence (an agenda and its minutes) the one that tells more speaks for it.
told as (
    select
        t.ritual,
        coalesce(n.planned_day, t.day) as day,
        t.note,
        coalesce(y.decisions, 0e0) as decisions,
        coalesce(y.actions, 0e0) as actions,
        row_number() over (
            partition by t.ritual, coalesce(n.planned_day, t.day)
            order by coalesce(y.decisions + y.actions, 0e0) desc, t.note
        ) as place
    from traced t
    join near n on n.ritual = t.ritual and n.day = t.day and n.place = 1
    left join yields y on y.note = t.note
    where t.note is not null
)
select
    d.ritual,
    d.day,
    p.day is not null as planned,
    coalesce(p.cancelled, 0) = 1 as cancelled,
    p.hours,
    p.invited,
    p.meeting,
    o.note,
    coalesce(s.notes, 0) > 0 as noted,
    case
        when coalesce(s.reported, 0) > 0 then s.reported
        when coalesce(n.present_count, 0) > 0 then n.present_count
    end as present,
    coalesce(s.reported, 0) > 0 as reported,
    coalesce(n.items_count, 0) as items,
    coalesce(o.decisions, 0e0) as decisions,
    coalesce(o.actions, 0e0) as actions
from days d
left join planned p on p.ritual = d.ritual and p.day = d.day
left join seen s on s.ritual = d.ritual and s.day = d.day
left join told o on o.ritual = d.ritual and o.day = d.day and o.place = 1
left join note n on n.id = o.note
