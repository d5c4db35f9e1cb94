with standing as (
    select l.block, max(l.id) as label, max(l.leaf) as leaf
    from label l
    where not exists (select 1 from label later where later.supersedes = l.id)
    group by l.block
)
select
    b.sample,
    b.id as block,
    b.meeting,
    b.person,
    b.stratum,
    b.inclusion_probability,
    s.label,
    s.leaf
from sampled_block b
left join standing s on s.block = b.id
