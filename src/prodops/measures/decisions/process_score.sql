select
    s.decision,
    avg(cast(
        least(s.frame, s.alternatives, s.information, s."values", s.reasoning, s.commitment)
        as double precision
    )) as weakest
from decision_score s
join decisions d on d.id = s.decision
where not s.taken_back
group by s.decision
order by s.decision
