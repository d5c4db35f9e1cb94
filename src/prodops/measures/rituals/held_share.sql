with spans as (
    -- Reports begin some day and end another: occurrences outside that span tell nothing.
    select ritual, min(day) as first_day, max(day) as last_day
    from occurrences
    where reported
    group by ritual
)
select
    o.ritual,
    sum(case when o.reported or o.noted then 1 else 0 end) as traced,
    count(*) as planned
from occurrences o
join spans s on s.ritual = o.ritual and o.day between s.first_day and s.last_day
where o.planned and not o.cancelled
group by o.ritual
having sum(case when o.reported then 1e0 else 0e0 end) >= $reported_from * count(*) and count(*) >= 4
order by o.ritual
