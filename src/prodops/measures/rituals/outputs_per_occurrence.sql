select ritual, sum(decisions + actions) as outputs, count(*) as noted
from occurrences
where noted and not cancelled
group by ritual
