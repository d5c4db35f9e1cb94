select
    coalesce(sum(case when data + customer > 0 then 1 else 0 end), 0) as grounded,
    coalesce(sum(data), 0) as data,
    coalesce(sum(customer), 0) as customer,
    coalesce(sum(intuition), 0) as intuition,
    coalesce(sum(ai), 0) as ai,
    coalesce(sum(ai_unreviewed), 0) as ai_unreviewed,
    count(*) as decisions
from decision_evidence
where pieces > 0
