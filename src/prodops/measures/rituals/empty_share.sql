select y.ritual, y.empty, y.noted
from ritual_yields y
join ritual_purposes p on p.ritual = y.ritual
where p.purpose in ('decide', 'unknown')
order by y.ritual
