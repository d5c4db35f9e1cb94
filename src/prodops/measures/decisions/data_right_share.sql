select
    coalesce(sum(case when (data_says = 'for') = (turned_out = 'right') then 1 else 0 end), 0) as data_right,
    count(*) as cases
from decisions
where data_says in ('for', 'against')
    and intuition_says in ('for', 'against')
    and data_says <> intuition_says
    and turned_out in ('right', 'wrong')
