select
    dataset,
    sum(case
        when lower(status) in ('warn', 'error', 'runtime error', 'stale', 'fail') then 1
        when status = '' and age_hours > coalesce(warn_after_hours, error_after_hours) then 1
        else 0
    end) as stale,
    count(*) as looks
from dataset_load
where checked_at <= $today and (status <> '' or warn_after_hours is not null or error_after_hours is not null)
group by dataset
order by dataset
