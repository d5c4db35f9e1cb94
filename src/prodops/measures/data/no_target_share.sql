select sum(case when target = '' then 1 else 0 end) as missing, count(*) as definitions
from metric_definition
where takes_target and not deprecated
