select
    coalesce(sum(
        case when came_number >= predicted_low_number and came_number <= predicted_high_number then 1 else 0 end
    ), 0) as held,
    count(*) as resolved,
    avg(interval_probability) as meant
from decisions
where predicted_low_number is not null
    and predicted_high_number is not null
    and came_number is not null
