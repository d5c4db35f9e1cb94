select channel, days, fate
from signals
where days >= 0
order by channel, days, fate, id
