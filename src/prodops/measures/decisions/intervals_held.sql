select
    coalesce(sum(case when came >= predicted_low and came <= predicted_high then 1 else 0 end), 0) as held,
    count(*) as resolved,
    avg(prediction_level) as meant
from decisions
where predicted_low is not null and predicted_high is not null and came is not null
