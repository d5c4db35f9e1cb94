select
    b.person,
    min(b.team) as team,
    b.week,
    sum(b.hours * b.probability) as hours,
    sum(case when b.kind = 'meeting' then b.hours * b.probability else 0e0 end) as met,
    sum(case when b.series is not null then b.hours * b.probability else 0e0 end) as recurring,
    sum(b.hours * b.probability * (p."A1" + p."A2" + p."A3")) as a,
    sum(b.hours * b.probability * (p."B1" + p."B2" + p."B3" + p."B4")) as b,
    sum(b.hours * b.probability
        * (p."C1" + p."C2" + p."C3" + p."C4" + p."C5" + p."C6" + p."C7")) as c,
    sum(b.hours * b.probability * p."X") as x,
    sum(b.hours * b.probability * (
        coalesce(q."C1", p."C1") + coalesce(q."C2", p."C2") + coalesce(q."C3", p."C3") + coalesce(q."C4", p."C4")
        + coalesce(q."C5", p."C5") + coalesce(q."C6", p."C6") + coalesce(q."C7", p."C7")
    )) as c_first,
    sum(b.hours * b.probability * (
        coalesce(q."A1", p."A1") + coalesce(q."A2", p."A2") + coalesce(q."A3", p."A3")
    )) as a_first
from blocks b
join block_purposes p on p.title = b.title
left join retitled_series r on r.series = b.series
left join block_purposes q on q.title = r.title
where b.person <> '' and b.hours > 0
group by b.person, b.week
