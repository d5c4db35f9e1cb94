select value, low, high, people, method, because
from blocks_by_purpose
where purpose = 'readable C'
