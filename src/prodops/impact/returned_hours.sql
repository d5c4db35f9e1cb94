with sat as (
    select
        cast(s.week as date) as week,
        s.person,
        s.hours * s.attended as hours
    from sittings s
    join ritual_names r
        on (r.trace = 'series' and r.name = s.series) or (
            r.trace = 'single' and s.series is null
            and r.name = s.title || '|' || s.organiser
        )
    where s.counted and r.ritual = $ritual
)
select
    week,
    sum(hours) as hours,
    (select count(distinct person) from sat where week >= $first and week < $before) as sat,
    (select count(distinct person) from sat where week >= $after and week < $last) as sits
from sat
where (week >= $first and week < $before) or (week >= $after and week < $last)
group by week
order by week
