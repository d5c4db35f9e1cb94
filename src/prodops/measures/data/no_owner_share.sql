select sum(case when owners = '[]' then 1 else 0 end) as missing, count(*) as definitions
from metric_definition
where not deprecated and takes_owner
