select
    s.id as sample,
    b.person,
    b.week,
    b.day,
    coalesce(a.stratum, b.stratum) as stratum,
    b.hours,
    b.probability,
    p."A1", p."A2", p."A3", p."B1", p."B2", p."B3", p."B4",
    p."C1", p."C2", p."C3", p."C4", p."C5", p."C6", p."C7", p."X",
    a.inclusion_probability,
    a.leaf
from label_sample s
join stratified_blocks b on b.day between s.starts_on and s.ends_on
join block_purposes p on p.title = b.title
left join label_answers a on a.sample = s.id and a.meeting = b.meeting and a.person = b.person
