-- Staged rows of one record type against what stands. Parts in braces are filled in by merging.py:
-- words: a hash of all columns but id and citation; sense: the same without the moment of revision; staged,
-- current, ever_held, held_by_files, held_contested: selects. The table `file` says what is being loaded.

create or replace temp table mine as
select id, _file, _row, {words} as words from ({staged}) as s;

-- A file that has an id twice: its first row counts.
create or replace temp table repeated as
select id, _file, min(_row) as first_row from mine group by id, _file having count(*) > 1;

create or replace temp table repeats_differ as
select m._file, count(*) as times, min(m.id) as example
from mine m
join repeated r on r.id = m.id and r._file = m._file
join mine f on f._row = r.first_row
where m._row > r.first_row and m.words <> f.words
group by m._file;

delete from mine using repeated r
where mine.id = r.id and mine._file = r._file and mine._row > r.first_row;

-- What is new, changed, or stands by the word of another source. What is the same is not mentioned again.
create or replace temp table met as
select m.id, m._row, c.id is not null as stood, coalesce(c.cite_source <> f.name, false) as foreign_source
from mine m
join file f on f.number = m._file
left join (select id, cite_source, {words} as words from ({current}) as s) as c on c.id = m.id
where c.id is null or c.words <> m.words or c.cite_source <> f.name;

-- What a file no longer has, if the file is the whole truth of its source.
create or replace temp table leaving as
select distinct c.id, c.cite_source
from ({current}) as c
join file f on f.name = c.cite_source {or_beside}
where {reloaded} and f.whole
and not exists (select 1 from mine m where m.id = c.id and {in_the_file});

create or replace temp table held_leaving as
select h.id, h.cite_source
from ({held_by_files}) as h
join file f on f.name = h.cite_source
where {reloaded} and f.whole and not h._gone
and not exists (select 1 from mine m where m.id = h.id and m._file = f.number);

-- Ids that several sources speak of, or once spoke of: only these need a verdict.
create or replace temp table contested as
select id from met where foreign_source
union
select id from mine group by id having count(*) > 1
union
select h.id from ({ever_held}) as h
where h.id in (select id from mine) or h.id in (select id from leaving);

create or replace temp table standing as
select * from ({current}) as c where c.id in (select id from contested);

create or replace temp table behind as
select h.* from ({held_contested}) as h
where not h._gone
and not exists (select 1 from held_leaving l where l.id = h.id and l.cite_source = h.cite_source);

create or replace temp table claim as
select s.id, s.cite_source, {words} as words, {sense} as sense, {revised} as revised, 0 as origin, _seq, 0 as _row
from standing s
where s.id not in (select id from leaving)
and not exists (
    select 1 from mine m join file f on f.number = m._file where m.id = s.id and f.name = s.cite_source
)
union all
select s.id, s.cite_source, {words}, {sense}, {revised}, 1, _seq, 0
from behind s
where not exists (select 1 from standing t where t.id = s.id and t.cite_source = s.cite_source)
and not exists (
    select 1 from mine m join file f on f.number = m._file where m.id = s.id and f.name = s.cite_source
)
union all
select s.id, s.cite_source, {words}, {sense}, {revised}, 2, 0, s._row
from ({staged}) as s
where s._row in (select m._row from mine m where m.id in (select id from contested));

-- The copy revised last stands; if revisions do not settle it, the one that stood before or came first.
create or replace temp table verdict as
select
    c.*,
    t.id is not null as stood,
    t.cite_source as stood_source,
    t.words as stood_words,
    row_number() over (
        partition by c.id
        order by
            c.revised desc nulls last,
            coalesce(c.cite_source = t.cite_source, false) desc,
            c.origin, c._seq, c._row, c.cite_source
    ) = 1 as wins
from claim c
left join (select s.id, s.cite_source, {words} as words from standing s) as t on t.id = c.id;

create or replace temp table puts as
select _row, stood from met where id not in (select id from contested)
union all
select _row, stood from verdict
where wins and origin = 2 and (not stood or words <> stood_words or cite_source <> stood_source);

create or replace temp table disagreements as
select
    case when l.origin = 2 then l.cite_source else w.cite_source end as loaded,
    case when l.origin = 2 then w.cite_source else l.cite_source end as other,
    count(*) as times,
    min(l.id) as example
from verdict l
join verdict w on w.id = l.id and w.wins
where not l.wins and (l.origin = 2 or w.origin = 2) and l.sense <> w.sense
and (l.revised is null or w.revised is null or l.revised = w.revised)
group by 1, 2;
