with firsts as (
    select
        s.*,
        row_number() over (partition by s.decision order by s.declared_at, s.id) as place
    from decision_score s
    join decisions d on d.id = s.decision
    where not s.taken_back
)
select
    decision,
    frame_points,
    alternatives_points,
    information_points,
    values_points,
    reasoning_points,
    commitment_points
from firsts
where place <= 2
order by decision, place
