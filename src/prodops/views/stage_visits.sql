with compared as (
    select
        issue,
        place,
        moved_at,
        new_stage,
        lag(new_stage) over (partition by issue order by place) as former
    from stage_steps
),
stays as (
    select
        issue,
        new_stage as stage,
        moved_at as entered_at,
        lead(moved_at) over (partition by issue order by place) as left_at
    from compared
    where former is null or former <> new_stage
),
-- The messages stand in for signals as they do in `stage_moves`.
unread as (
    select
        id,
        created_at,
        case when least(first_answer_at, closed_at) <= $today then least(first_answer_at, closed_at) end as read_at
    from feedback
    where answers_recorded and created_at <= $today
        and not exists (select 1 from stage_words where stage = 'signal')
)
select issue, stage, entered_at, left_at
from stays
where stage <> ''
union all
select id, 'signal', created_at, read_at
from unread
