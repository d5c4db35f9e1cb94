select channel, sum(case when duplicate then 1 else 0 end) as again, count(*) as messages
from signals
group by channel
order by channel
