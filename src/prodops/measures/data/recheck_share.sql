select reads, rechecks, uses
from metric_uses
order by reads
