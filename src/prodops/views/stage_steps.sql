with told as (
    select
        x.*,
        max(case when x.field = 'status' then 1 else 0 end) over (partition by x.issue) as boarded
    from issue_change x
    where x.field in ('status', 'state') and x.at <= $today
),
changed as (
    select
        t.issue,
        t.at as moved_at,
        coalesce(b.stage, 'unknown') as left_stage,
        coalesce(a.stage, 'unknown') as new_stage,
        row_number() over (partition by t.issue order by t.at, t.id) as place
    from told t
    join issue i on i.id = t.issue and i.created_at <= $today
    left join stage_words b on b.word = t.before
    left join stage_words a on a.word = t.after
    -- Where a board tells the status, that an issue is open or closed says nothing more.
    where t.boarded = 0 or t.field = 'status'
)
select
    i.id as issue,
    0 as place,
    i.created_at as moved_at,
    null as left_stage,
    coalesce(c.left_stage, w.stage, 'unknown') as new_stage
from issue i
left join changed c on c.issue = i.id and c.place = 1
left join stage_words w on w.word = i.status
where i.created_at <= $today
union all
select issue, place, moved_at, left_stage, new_stage
from changed
