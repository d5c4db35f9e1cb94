select
    coalesce(sum(case when decided_on is null or decided_on > needed_on then 1 else 0 end), 0) as late,
    count(*) as needed
from decisions
where needed_on is not null
    and needed_on < observed_until
    and not (state = 'withdrawn' and (ended_on is null or ended_on <= needed_on))
