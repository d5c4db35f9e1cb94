select leaf, value, low, high, people, method, because
from hours_by_leaf
order by leaf
