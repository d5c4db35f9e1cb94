with answers as (
    -- A person's own calendar says best what that person answered.
    select
        i.invite,
        i.person,
        i.response,
        row_number() over (
            partition by i.invite, i.person
            order by case when i.own_copy then 0 else 1 end, i.id
        ) as place
    from invitee i
    join pms on pms.person = i.person
),
entries as (
    select
        a.person,
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
    where a.place = 1 and m.starts_at <= $today
),
counted as (
    select
        person,
        meeting,
        lead(starts_at) over (
            partition by person
            order by starts_at, case when response = 'accepted' then 1 else 0 end, meeting
        ) as next_starts_at
    from entries
    where left_out = ''
)
select
    e.person,
    p.team,
    e.meeting,
    e.series,
    e.title,
    e.organiser,
    e.starts_at,
    date_trunc('week', e.starts_at) as week,
    case
        when e.left_out = '' and c.next_starts_at < e.ends_at
            then (extract(epoch from c.next_starts_at) - extract(epoch from e.starts_at)) / 3600e0
        else e.hours
    end as hours,
    -- Shares of invitations attended by answer; the audit widens its interval for them.
    case e.response when 'accepted' then 0.95e0 when 'tentative' then 0.6e0 else 0.75e0 end as attended,
    e.invited,
    e.left_out = '' and not coalesce(c.next_starts_at <= e.starts_at, false) as counted,
    case
        when e.left_out = '' and coalesce(c.next_starts_at <= e.starts_at, false) then 'overlaps'
        else e.left_out
    end as left_out
from entries e
join pms p on p.person = e.person
left join counted c on c.person = e.person and c.meeting = e.meeting
