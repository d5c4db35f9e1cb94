select channel, sum(case when duplicate then 1 else 0 end) as again, count(*) as messages
from signals
group by channel
-- Where nothing is marked, perhaps nothing can be: silence is no share of zero.
having sum(case when duplicate then 1 else 0 end) > 0
order by channel
