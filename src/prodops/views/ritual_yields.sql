with sure as (
    select
        note,
        max(probability) as surest,
        sum(ln(1e0 - case when probability > 0.999e0 then 0.999e0 else probability end)) as log_none
    from outcome
    group by note
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
left join sure s on s.note = o.note
where o.noted and not o.cancelled
group by o.ritual
