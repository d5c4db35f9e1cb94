select
    b.person,
    b.team,
    b.meeting,
    b.title,
    b.starts_at,
    cast(b.starts_at as date) as day,
    b.week,
    b.hours,
    b.kind,
    b.probability,
    case when b.team = '' then 'no team' else b.team end
    || ' | ' || substring(p.reading from 1 for 1) || ' | '
    || case
        when b.starts_at >= date_trunc('quarter', b.starts_at) + interval '3' month - interval '14' day
            then 'quarter end'
        else 'other weeks'
    end as stratum
from blocks b
join block_purposes p on p.title = b.title
where b.person <> '' and b.hours > 0
