select probability, case when happened then 1 else 0 end as happened
from decisions
where probability is not null and happened is not null
order by probability, happened, id
