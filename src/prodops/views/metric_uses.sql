with bounds as (
    select
        max(used_at) as until,
        case
            when min(used_at) > max(used_at) - interval '182' day then min(used_at)
            else max(used_at) - interval '182' day
        end as since
    from metric_use
    where used_at <= $today
)
select
    u.reads,
    count(*) as uses,
    sum(case when u.kind = 'recheck' then 1 else 0 end) as rechecks,
    avg(case when u.kind = 'recheck' then u.minutes end) as recheck_minutes,
    count(*) / max(case
        when extract(epoch from b.until) - extract(epoch from b.since) < 604800 then 1e0
        else (extract(epoch from b.until) - extract(epoch from b.since)) / 604800e0
    end) as uses_week,
    count(distinct case when u.person <> '' then u.person end) as people
from metric_use u
join bounds b on u.used_at >= b.since and u.used_at <= b.until
group by u.reads
