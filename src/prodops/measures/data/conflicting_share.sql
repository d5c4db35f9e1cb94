with repeated as (
    select name
    from metric_definition
    where expression <> ''
    group by name
    having count(*) > 1
)
select
    (select count(*) from (select name from metric_conflicts group by name) as conflicts) as conflicting,
    (select count(*) from repeated) as repeated
