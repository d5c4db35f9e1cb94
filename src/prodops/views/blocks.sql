with own as (
    select
        person,
        team,
        meeting,
        series,
        title,
        starts_at,
        week,
        invited,
        cast(starts_at as date) as day,
        extract(epoch from starts_at) / 3600e0 as from_hour,
        extract(epoch from starts_at) / 3600e0 + hours as to_hour,
        lead(extract(epoch from starts_at) / 3600e0) over (partition by person order by starts_at, meeting) as next_hour
    from sittings
    where left_out = 'own block' and hours > 0 and hours < 12
),
clipped as (
    -- Of own blocks that overlap, each ends where the next begins.
    select *, case when next_hour < to_hour then next_hour else to_hour end as until_hour
    from own
),
met as (
    select
        c.person,
        c.meeting,
        sum(least(c.until_hour, extract(epoch from s.starts_at) / 3600e0 + s.hours)
            - greatest(c.from_hour, extract(epoch from s.starts_at) / 3600e0)) as hours
    from clipped c
    join sittings s
        on s.person = c.person and cast(s.starts_at as date) = c.day
        and extract(epoch from s.starts_at) / 3600e0 < c.until_hour
        and extract(epoch from s.starts_at) / 3600e0 + s.hours > c.from_hour
    where s.counted
    group by c.person, c.meeting
)
select person, team, meeting, series, title, starts_at, week, hours, 'meeting' as kind, attended as probability, invited
from sittings
where counted and hours > 0
union all
select
    c.person,
    c.team,
    c.meeting,
    c.series,
    c.title,
    c.starts_at,
    c.week,
    c.until_hour - c.from_hour - coalesce(m.hours, 0e0),
    'own',
    0.68e0,
    c.invited
from clipped c
left join met m on m.person = c.person and m.meeting = c.meeting
where c.until_hour - c.from_hour - coalesce(m.hours, 0e0) > 0
union all
select
    '',
    '',
    id,
    series,
    title,
    starts_at,
    date_trunc('week', starts_at),
    (extract(epoch from ends_at) - extract(epoch from starts_at)) / 3600e0 * invited_count,
    'meeting',
    0.75e0,
    invited_count
from meeting
where not exists (select 1 from pms)
    and invited_count > 1 and busy and not all_day and status <> 'cancelled' and starts_at <= $today
    and ends_at > starts_at and extract(epoch from ends_at) - extract(epoch from starts_at) < 86400
