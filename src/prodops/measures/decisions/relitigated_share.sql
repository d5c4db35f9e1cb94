select
    coalesce(again_on, observed_until) - decided_on as days,
    case when again_on is null then 0 else 1 end as again
from redecisions
where coalesce(again_on, observed_until) >= decided_on
order by days, again, id
