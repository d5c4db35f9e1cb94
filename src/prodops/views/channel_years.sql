with ends as (
    select
        max(observed_until) as until,
        greatest(min(created_at), max(observed_until) - interval '364' day) as since
    from signals
),
span as (
    select
        until,
        since,
        greatest(1e0, (extract(epoch from until) - extract(epoch from since)) / 604800e0) as weeks
    from ends
    where until is not null
),
named as (
    select
        f.id,
        f.channel,
        f.company,
        f.product || '|' || lower(f.title) as asked,
        f.created_at
    from feedback f
    join span on f.created_at >= span.since and f.created_at <= span.until
    where f.company <> '' and f.title <> ''
),
writers as (
    -- Companies that write alike would be as many: pairs of messages over pairs from one company.
    select
        channel,
        greatest(2e0, sum(messages) * (sum(messages) - 1e0)
            / greatest(1e0, sum(messages * (messages - 1e0)))) as companies
    from (
        select channel, company, count(*) as messages
        from named
        group by channel, company
    ) counts
    group by channel
),
subjects as (
    select
        n.channel,
        count(*) as messages,
        count(distinct n.company) as companies
    from named n
    group by n.channel, n.asked
),
matched as (
    select
        s.channel,
        sum(s.messages - s.companies) as again,
        sum(s.messages - w.companies * (1e0 - power(1e0 - 1e0 / w.companies, s.messages))) as chance
    from subjects s
    join writers w on w.channel = s.channel
    group by s.channel
),
piled as (
    select
        s.channel,
        count(*) as messages,
        sum(case when s.duplicate then 1 else 0 end) as marked,
        sum(case when s.created_at <= s.observed_until - interval '90' day and s.days is not null then 1 else 0 end) as grown,
        sum(case
            when s.created_at <= s.observed_until - interval '90' day and s.fate = 1 and s.days <= 90 then 1
            else 0
        end) as decided,
        sum(least(coalesce(s.days, 0e0), 91e0)) / 7e0 as waiting_weeks
    from signals s
    join span on s.created_at >= span.since
    group by s.channel
)
select
    p.channel,
    w.weeks,
    p.messages,
    p.marked,
    coalesce(m.again, -1e0) as again,
    coalesce(m.chance, 0e0) as chance,
    p.grown,
    p.decided,
    p.waiting_weeks
from piled p
cross join span w
left join matched m on m.channel = p.channel
