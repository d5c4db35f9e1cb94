with newest as (
    select max(starts_at) as at from blocks where person <> ''
)
select
    b.person,
    min(b.title) as title,
    sum(b.hours) as hours,
    count(*) as times,
    max(b.starts_at) as last_at
from blocks b
join block_purposes p on p.title = b.title
join newest n on b.starts_at > n.at - interval '28' day
where b.person <> ''
group by b.person, p.folded
