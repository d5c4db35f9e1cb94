with sure as (
    select
        note,
        max(probability) as surest,
        sum(ln(1e0 - case when probability > 0.999e0 then 0.999e0 else probability end)) as log_none
    from outcome
    group by note
),
lasts as (
    select ritual, max(day) as last_day
    from occurrences
    where noted and not cancelled
    group by ritual
)
select
    o.ritual,
    count(*) as noted,
    sum(case
        when s.note is null then 1e0
        when s.surest > 0.999e0 then 0e0
        else exp(s.log_none)
    end) as empty,
    sum(o.decisions) as decisions,
    sum(o.actions) as actions
from occurrences o
join lasts l on l.ritual = o.ritual and o.day > l.last_day - 182
left join sure s on s.note = o.note
where o.noted and not o.cancelled
group by o.ritual
