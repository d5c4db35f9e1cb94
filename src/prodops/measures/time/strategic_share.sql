select purpose, value, low, high, people, method, because
from blocks_by_purpose
where purpose like 'A%'
order by purpose
