with declared as (
    select *, row_number() over (order by id) as place
    from decision
),
asked as (
    select *, row_number() over (order by id) as place
    from decision_question
),
ends as (
    select *, row_number() over (partition by decision order by "on", declared_at, id) as place
    from decision_outcome
    where kind in ('reopened', 'reversed', 'renewed') and not taken_back
),
found as (
    select *, row_number() over (partition by decision order by declared_at desc, id desc) as place
    from decision_outcome
    where kind = 'resolved' and not taken_back
),
spans as (
    -- A log says nothing of what came after its own last day.
    select log, max(greatest(
        coalesce(decided_on, date '1900-01-01'),
        coalesce(asked_on, date '1900-01-01'),
        coalesce(ended_on, date '1900-01-01')
    )) as last_on
    from logged_decision
    group by log
),
-- Each end of a replacement may name the other; apart, so that few rows meet many and not all meet all.
named as (
    select old.id, old.decided_on, new.decided_on as replaced_on
    from (select id, log, decided_on, supersedes from logged_decision where supersedes <> '[]') new
    join logged_decision old
        on old.log = new.log and old.id <> new.id and strpos(new.supersedes, '"' || old.key || '"') > 0
    union all
    select old.id, old.decided_on, new.decided_on
    from (select id, log, decided_on, superseded_by from logged_decision where superseded_by <> '[]') old
    join logged_decision new
        on new.log = old.log and new.id <> old.id and strpos(old.superseded_by, '"' || new.key || '"') > 0
),
replacements as (
    select id, min(replaced_on) as replaced_on
    from named
    where replaced_on is not null and (decided_on is null or replaced_on >= decided_on)
    group by id
)
select
    d.id,
    'declared' as source,
    cast(d.place as varchar) as name,
    '' as log,
    d.question,
    d.chosen,
    case
        when e.kind = 'renewed' or d.id in (
            select supersedes from decision where supersedes is not null and not taken_back
        ) then 'superseded'
        else coalesce(e.kind, 'standing')
    end as state,
    coalesce(d.asked_on, q.asked_on) as asked_on,
    coalesce(d.needed_on, q.needed_on) as needed_on,
    d.decided_on,
    d.owner,
    d.data_says,
    d.intuition_says,
    d.predicts,
    d.predicted_low_number,
    d.predicted_high_number,
    case when d.predicted_low_number is null then null else d.interval_probability end as interval_probability,
    d.probability,
    d.resolves_on,
    f.came_number,
    f.happened,
    coalesce(f.turned_out, '') as turned_out,
    f."on" as resolved_on,
    d.kill_if,
    case when e.kind is not null then null when f.id is not null then f.review_on else d.review_on end
        as review_on,
    e."on" as ended_on,
    coalesce(e.kind, '') as ended_how,
    e.planned as ended_planned,
    cast($today as date) as observed_until,
    d.declared_at,
    d.cite_source,
    d.cite_locator
from declared d
left join asked q on q.id = d.asks
left join ends e on e.decision = d.id and e.place = 1
left join found f on f.decision = d.id and f.place = 1
where not d.taken_back
union all
select
    q.id,
    'declared',
    'Q' || cast(q.place as varchar),
    '',
    q.question,
    '',
    case when q.withdrawn_on is null then 'proposed' else 'withdrawn' end,
    q.asked_on,
    q.needed_on,
    null,
    q.owner,
    '', '', '', null, null, null, null, null, null, null, '', null, '', null,
    q.withdrawn_on,
    '',
    null,
    cast($today as date),
    q.declared_at,
    q.cite_source,
    q.cite_locator
from asked q
where q.id not in (select asks from decision where asks is not null and not taken_back)
union all
select
    l.id,
    'read',
    l.key,
    l.log,
    l.question,
    l.chosen,
    case
        when l.state = 'decided' and (l.ended_on is not null or r.replaced_on is not null) then 'reversed'
        when l.state = 'decided' then 'standing'
        else l.state
    end,
    l.asked_on,
    l.needed_on,
    l.decided_on,
    l.owner,
    l.data_says,
    l.intuition_says,
    l.predicts,
    l.predicted_low_number,
    l.predicted_high_number,
    l.interval_probability,
    l.probability,
    l.resolves_on,
    l.came_number,
    l.happened,
    l.turned_out,
    null,
    l.kill_if,
    case when l.state in ('decided', 'rejected') and l.ended_on is null and r.replaced_on is null
        and l.came_number is null and l.happened is null and l.turned_out = ''
        then l.review_on end,
    coalesce(l.ended_on, r.replaced_on),
    case when l.decided_on is not null and coalesce(l.ended_on, r.replaced_on) is not null
        then 'reversed' else '' end,
    case when coalesce(l.ended_on, r.replaced_on) is not null then coalesce(l.ended_planned, false) end,
    -- Ended on a day that nobody wrote down: how long it stood is not known.
    case when l.state in ('superseded', 'retired') and l.ended_on is null and r.replaced_on is null
        then null
        when s.last_on < cast($today as date) then s.last_on
        else cast($today as date)
    end,
    null,
    l.cite_source,
    l.cite_locator
from logged_decision l
join spans s on s.log = l.log
left join replacements r on r.id = l.id
where l.key not in (select id from decision)
