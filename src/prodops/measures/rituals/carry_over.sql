with noted as (
    select ritual, day, row_number() over (partition by ritual order by day) as place
    from (select ritual, day from agenda_items group by ritual, day) as days
),
placed as (
    select i.ritual, i.title, n.place, max(case when i.decided or i.acted then 1 else 0 end) as closed
    from agenda_items i
    join noted n on n.ritual = i.ritual and n.day = i.day
    where i.topical
    group by i.ritual, i.title, n.place
),
lasts as (
    select ritual, max(place) as last_place
    from noted
    group by ritual
),
open_items as (
    -- An item of the last agendas has not had its three occurrences yet.
    select p.ritual, p.title, p.place
    from placed p
    join lasts l on l.ritual = p.ritual
    where p.closed = 0 and p.place + $within <= l.last_place
)
select
    o.ritual,
    sum(case
        when exists (
            select 1 from placed later
            where later.ritual = o.ritual
                and later.title = o.title
                and later.place > o.place
                and later.place <= o.place + $within
        ) then 1
        else 0
    end) as came_back,
    count(*) as items
from open_items o
group by o.ritual
order by o.ritual
