with answers as (
    -- A person's own calendar says best what that person answered; elsewhere an answer says more than none.
    select
        i.invite,
        i.person,
        p.team,
        coalesce(
            min(case when i.own_copy then i.response end),
            min(case when i.response <> 'none' then i.response end),
            'none'
        ) as response
    from invitee i
    join pms p on p.person = i.person
    group by i.invite, i.person, p.team
),
entries as (
    select
        a.person,
        a.team,
        m.id as meeting,
        m.series,
        m.title,
        coalesce(m.organiser, '') as organiser,
        m.starts_at,
        m.ends_at,
        m.invited_count as invited,
        (extract(epoch from m.ends_at) - extract(epoch from m.starts_at)) / 3600e0 as hours,
        case
            when m.organiser = a.person then 'accepted'
            else a.response
        end as response,
        case
            when m.status = 'cancelled' then 'cancelled'
            when m.all_day then 'all day'
            when not m.busy then 'free'
            when a.response = 'declined' then 'declined'
            when extract(epoch from m.ends_at) - extract(epoch from m.starts_at) >= 86400 then 'a day or longer'
            when m.invited_count < 2 then 'own block'
            else ''
        end as left_out
    from answers a
    join meeting m on m.invite = a.invite
    where m.starts_at <= $today
),
followed as (
    -- What comes next among the meetings that count; among the others it means nothing and is not read.
    select
        *,
        lead(starts_at) over (
            partition by person, case when left_out = '' then 1 else 0 end
            order by starts_at, case when response = 'accepted' then 1 else 0 end, meeting
        ) as next_starts_at
    from entries
)
select
    person,
    team,
    meeting,
    series,
    title,
    organiser,
    starts_at,
    date_trunc('week', starts_at) as week,
    case
        when left_out = '' and next_starts_at < ends_at
            then (extract(epoch from next_starts_at) - extract(epoch from starts_at)) / 3600e0
        else hours
    end as hours,
    -- Shares of invitations attended by answer; the audit widens its interval for them.
    case response when 'accepted' then 0.95e0 when 'tentative' then 0.6e0 else 0.75e0 end as attended,
    invited,
    left_out = '' and not coalesce(next_starts_at <= starts_at, false) as counted,
    case
        when left_out = '' and coalesce(next_starts_at <= starts_at, false) then 'overlaps'
        else left_out
    end as left_out
from followed
