-- A product manager by title; product marketing, product operations, project and programme managers are not.
with titled as (
    select
        person,
        max(team) as team,
        ' ' || trim(replace(translate(lower(max(role)), ',()/;:|&', '        '), '  ', ' ')) || ' ' as role
    from person
    where active and (left_on is null or left_on >= cast($today as date))
    group by person
),
managers as (
    select person, team, (
        role like '%product manager%' or role like '%product lead%' or role like '%product owner%'
        or role like '% pm %'
    ) as manages
    from titled
    where (
        role like '%product manager%' or role like '%product lead%' or role like '%product owner%'
        or role like '% pm %' or role like '%chief product officer%' or role like '%product director %'
        or ((
            role like '%head of product %' or role like '%director of product %'
            or role like '%director product %' or role like '%vp product %' or role like '%vp of product %'
            or role like '%vice president of product %'
        )
        -- Heads of the crafts around the product lead no product.
        and role not like '%product design%' and role not like '%product engineering%'
        and role not like '%product analytics%' and role not like '%product research%'
        and role not like '%product support%')
    )
    and role not like '%product marketing%' and role not like '%product operations%'
    and role not like '%product ops%'
)
-- Who leads the product managers is one only where there is nobody else: their weeks are another job's.
select person, team, 'roster' as known_by
from managers
where manages or not exists (select 1 from managers where manages)
union all
select person, '' as team, 'own calendar' as known_by
from invitee
where own_copy and not exists (select 1 from person)
group by person
