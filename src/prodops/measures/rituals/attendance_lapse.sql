select ritual, present
from occurrences
where present > 0 and not cancelled
order by ritual, day
