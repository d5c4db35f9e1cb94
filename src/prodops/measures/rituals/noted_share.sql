select
    ritual,
    case when noted > occurrences then occurrences else noted end as noted,
    occurrences as held
from ritual_loads
where planned > 0 and occurrences > 0
order by ritual
