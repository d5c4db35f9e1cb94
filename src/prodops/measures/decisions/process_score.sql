select
    s.decision,
    avg(cast(
        least(
            s.frame_points, s.alternatives_points, s.information_points,
            s.values_points, s.reasoning_points, s.commitment_points
        )
        as double precision
    )) as weakest
from decision_score s
join decisions d on d.id = s.decision
where not s.taken_back
group by s.decision
order by s.decision
