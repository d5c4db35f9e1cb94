select
    coalesce(ended_on, observed_until) - decided_on as days,
    case
        when ended_on is null or ended_how not in ('reversed', 'reopened') then 0
        when ended_planned then 2
        else 1
    end as fate
from decisions
where decided_on is not null
    and observed_until is not null
    and coalesce(ended_on, observed_until) >= decided_on
order by days, fate, id
