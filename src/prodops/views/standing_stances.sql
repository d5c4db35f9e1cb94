with placed as (
    select
        *,
        row_number() over (partition by ritual order by declared_at desc, id desc) as place
    from ritual_stance
    where id not in (select supersedes from ritual_stance where supersedes is not null)
)
select
    id,
    ritual,
    stance,
    purpose,
    expires_on,
    outcome,
    because,
    owner,
    decision_right,
    supersedes,
    declared_at,
    expires_on <= cast($today as date) as lapsed,
    cite_source,
    cite_locator
from placed
where place = 1
