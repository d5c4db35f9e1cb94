with repeated as (
    select registry, name
    from metric_definition
    where expression <> ''
    group by registry, name
    having count(*) > 1
)
select
    (select count(*) from (select registry, name from metric_conflicts group by registry, name) as conflicts)
        as conflicting,
    (select count(*) from repeated) as repeated
