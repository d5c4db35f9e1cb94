select channel, answer_hours as hours, case when answered then 1 else 0 end as answered
from signals
where answer_hours >= 0
order by channel, answer_hours, answered, id
