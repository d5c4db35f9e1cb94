-- A tracker without a stage of its own for signals leaves it to the messages: from coming to first answer.
with unread as (
    select created_at, least(first_answer_at, closed_at) as read_at
    from feedback
    where answers_recorded and not exists (select 1 from stage_words where stage = 'signal')
)
select new_stage as stage, moved_at, 1 as step
from stage_steps
where left_stage is null or left_stage <> new_stage
union all
select left_stage, moved_at, -1
from stage_steps
where left_stage is not null and left_stage <> new_stage
union all
select 'signal', created_at, 1
from unread
where created_at <= $today
union all
select 'signal', read_at, -1
from unread
where read_at <= $today
