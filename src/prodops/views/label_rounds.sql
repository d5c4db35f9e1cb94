select
    s.id as sample,
    s.starts_on,
    s.ends_on,
    count(a.block) as asked,
    count(a.leaf) as answered,
    count(distinct a.person) as asked_people,
    count(distinct case when a.leaf is not null then a.person end) as people,
    count(a.block) = count(a.leaf) or exists (select 1 from label_closing c where c.sample = s.id) as finished
from label_sample s
left join label_answers a on a.sample = s.id
group by s.id, s.starts_on, s.ends_on
