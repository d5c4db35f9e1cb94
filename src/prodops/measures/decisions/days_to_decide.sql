select
    case
        when decided_on is not null then decided_on - asked_on
        when state = 'withdrawn' and ended_on is not null then ended_on - asked_on
        else observed_until - asked_on
    end as days,
    case when decided_on is not null then 1 when state = 'withdrawn' and ended_on is not null then 2 else 0 end
        as fate
from decisions
where asked_on is not null
    and case
        when decided_on is not null then decided_on
        when state = 'withdrawn' and ended_on is not null then ended_on
        when state in ('proposed', 'withdrawn') then observed_until
    end >= asked_on
order by days, fate, id
