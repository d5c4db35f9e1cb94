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
    select greatest(2e0, sum(messages) * (sum(messages) - 1e0)
        / greatest(1e0, sum(messages * (messages - 1e0)))) as companies
    from (
        select company, count(*) as messages
        from named
        group by company
    ) counts
),
ordered as (
    -- Who asks again may do so elsewhere: in a chat what was written in a form before.
    select
        channel,
        asked,
        row_number() over (partition by company, asked order by created_at, id) as turn
    from named
),
subjects as (
    select asked, count(*) as messages
    from named
    group by asked
),
matched as (
    select
        o.channel,
        sum(case when o.turn > 1 then 1e0 else 0e0 end) as again,
        sum(1e0 - w.companies * (1e0 - power(1e0 - 1e0 / w.companies, s.messages)) / s.messages) as chance
    from ordered o
    join subjects s on s.asked = o.asked
    cross join writers w
    group by o.channel
),
piled as (
    select
        s.channel,
        count(*) as messages,
        sum(case when s.duplicate or lower(f.closed_how) in ('merged', 'duplicate') then 1 else 0 end) as marked,
        sum(case when s.created_at <= s.observed_until - interval '90' day and s.days is not null then 1 else 0 end) as grown,
        sum(case
            when s.created_at <= s.observed_until - interval '90' day and s.fate = 1 and s.days <= 90 then 1
            else 0
        end) as decided,
        sum(least(coalesce(s.days, 0e0), 91e0)) / 7e0 as waiting_weeks
    from signals s
    join span on s.created_at >= span.since
    join feedback f on f.id = s.id
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
