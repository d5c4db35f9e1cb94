select channel, sum(case when touched then 0 else 1 end) as untouched, count(*) as messages
from signals
where created_at <= observed_until - interval '30' day and touch_known
group by channel
order by channel
