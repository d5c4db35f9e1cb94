select
    d.id as decision,
    d.source,
    max(case when i.kind = 'data' then 1 else 0 end) as data,
    max(case when i.kind = 'customer' then 1 else 0 end) as customer,
    max(case when i.kind = 'intuition' then 1 else 0 end) as intuition,
    max(case when i.kind = 'ai' then 1 else 0 end) as ai,
    max(case when i.kind = 'ai' and i.reviewed_by is null then 1 else 0 end) as ai_unreviewed,
    count(i.kind) as pieces
from decisions d
left join decision_input i on i.decision = d.id
where d.source = 'declared' and d.decided_on is not null
group by d.id, d.source
union all
select
    d.id,
    d.source,
    case when strpos(l.evidence, '"data"') > 0 then 1 else 0 end,
    case when strpos(l.evidence, '"customer"') > 0 then 1 else 0 end,
    case when strpos(l.evidence, '"intuition"') > 0 then 1 else 0 end,
    case when strpos(l.evidence, '"ai"') > 0 then 1 else 0 end,
    case when strpos(l.evidence, '"ai"') > 0 and not coalesce(l.ai_reviewed, false) then 1 else 0 end,
    case when l.evidence = '[]' then 0 else 1 end
from decisions d
join logged_decision l on l.id = d.id
where d.source = 'read' and d.state not in ('proposed', 'withdrawn')
