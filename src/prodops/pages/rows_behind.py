"""The rows that numbers were computed from: what each shows, and the place where it can be read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prodops.checks.finding import Evidence
from prodops.ledger.ledger import Ledger, Row
from prodops.ledger.record import Citation
from prodops.ledger.view import View
from prodops.pages.blocks import Cell
from prodops.pages.wording import many
from prodops.stats.telling import number
from prodops.views.occurrences import OCCURRENCES
from prodops.views.signals import SIGNALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of rows.

    Attributes:
        what: What the rows are, in the plural.
        columns: Names of the cells before the record.
        sql: A select of all rows about `$subject`: the record's table, id, source and locator, then what the
            cells are made of, in the order in which they are shown.
        views: What it reads.
        cells: From what follows the locator to the cells.
    """

    what: str
    columns: tuple[str, ...]
    sql: str
    views: tuple[View, ...] = ()
    cells: Callable[[Row], tuple[Cell, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Some of the rows about one subject.

    Attributes:
        what: What they are, in the plural.
        columns: Names of the cells.
        rows: The cells; the last one is the record.
        total: How many rows there are in all.
    """

    what: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def rows_behind(ledger: Ledger, kind: str, subject: str, *, offset: int = 0, limit: int) -> Rows | None:
    """Rows about a subject; None where no rows of this kind are known.

    Args:
        ledger: Where they are.
        kind: A sink, or the code of a check whose rows are of another kind than those of its sink.
        subject: A ritual, a channel, a metric.
        offset: How many are left out before the first.
        limit: How many at most.
    """
    known = _KINDS.get(kind)
    if known is None:
        return None
    given: dict[str, object] = {"subject": subject}
    total = ledger.sql(f"select count(*) from ({known.sql}) as every", given, views=known.views)[0][0]  # noqa: S608 (our own SQL)
    paged = f"{known.sql}\nlimit $limit offset $offset"
    rows = ledger.sql(paged, {**given, "limit": limit, "offset": offset}, views=known.views)
    if not total:
        return None
    return Rows(
        what=known.what,
        columns=(*known.columns, "Record"),
        rows=tuple((*known.cells(row[4:]), _record(row)) for row in rows),
        total=int(total),
    )


def is_behind(ledger: Ledger, kind: str, subject: str, *, table: str, key: str) -> bool:
    """Whether a record is one of the rows about a subject.

    Args:
        ledger: Where they are.
        kind: As `rows_behind` has it.
        subject: A ritual, a channel, a metric.
        table: The record's type as a table.
        key: The record's id.
    """
    known = _KINDS.get(kind)
    if known is None:
        return False
    query = f"select count(*) from ({known.sql}) as every where kept_in = $kept_in and id = $key"  # noqa: S608 (our own SQL)
    given: dict[str, object] = {"subject": subject, "kept_in": table, "key": key}
    return bool(ledger.sql(query, given, views=known.views)[0][0])


def kind_of(code: str, sink: str) -> str:
    """The kind of rows behind a finding: its check's own, or its sink's where they share the subject."""
    if code in _KINDS:
        return code
    return sink if code.startswith(_SHARES_SUBJECT.get(sink, ())) else ""


def _record(row: Row) -> Evidence:
    table, record, source, locator = (str(cell) for cell in row[:4])
    return Evidence(table, record, Citation(source, locator), "")


_OCCURRENCES = """
with lasts as (
    select max(case when noted then day end) as noted_day, max(day) as last_day
    from occurrences
    where ritual = $subject and not cancelled
),
shown as (
    select o.*
    from occurrences o
    join lasts l on o.day > coalesce(l.noted_day, l.last_day) - 182
    where o.ritual = $subject and not o.cancelled
),
placed as (
    select 'note' as kept_in, n.id, n.cite_source, n.cite_locator, s.day, s.decisions, s.actions, s.hours,
        case when s.decisions + s.actions < 0.5 then 0 else 1 end as place
    from shown s
    join note n on n.id = s.note
    union all
    select 'meeting' as kept_in, m.id, m.cite_source, m.cite_locator, s.day, null, null, s.hours, 2 as place
    from shown s
    join meeting m on m.id = s.meeting
    where not s.noted
)
select kept_in, id, cite_source, cite_locator, day, decisions, actions, hours
from placed
order by place, day desc, id
"""


def _occurrence(row: Row) -> tuple[Cell, ...]:
    day, decisions, actions, hours = row
    long = "" if hours is None else f"{number(float(hours))} h"
    if decisions is None:
        return (str(day), "no minutes known, so it counts neither way", long)
    if float(decisions) + float(actions) < 0.5:
        return (str(day), "minutes without a decision or action: counts as empty", long)
    found = f"{float(decisions):.1f} decisions and {float(actions):.1f} actions"
    return (str(day), f"minutes with about {found}, as read", long)


_MESSAGES = """
select 'feedback' as kept_in, f.id, f.cite_source, f.cite_locator,
    cast(s.created_at as date) as day, s.fate, s.days, f.decision, f.closed_how, s.duplicate
from signals s
join feedback f on f.id = s.id
where s.channel = $subject
order by case when s.fate = 1 then 1 else 0 end, coalesce(s.days, -1) desc, f.id
"""

_FATES = {0: "still without a decision", 1: "decided", 2: "ended without a decision"}


def _message(row: Row) -> tuple[Cell, ...]:
    day, fate, days, decision, closed_how, again = row
    how = str(decision or "") if fate == 1 else str(closed_how or "") if fate == 2 else ""
    says = _FATES[int(fate)] + (f" ({how.replace('_', ' ')})" if how else "")
    waited = "" if days is None else many(round(float(days)), "day")
    return (str(day), says + (", repeats an earlier message" if again else ""), waited)


_USES = """
with bounds as (
    select max(used_at) as until from metric_use where used_at <= $today
)
select 'metric_use' as kept_in, u.id, u.cite_source, u.cite_locator,
    cast(u.used_at as date) as day, u.kind, u.minutes
from metric_use u
join bounds b on u.used_at >= b.until - interval '182' day and u.used_at <= b.until
where u.reads = $subject
order by case when u.kind = 'recheck' then 0 else 1 end, u.used_at desc, u.id
"""


def _use(row: Row) -> tuple[Cell, ...]:
    day, kind, minutes = row
    took = "" if minutes is None else f"{number(float(minutes))} min"
    return (str(day), "checked again by hand" if kind == "recheck" else str(kind or "used"), took)


_DEFINITIONS = """
select 'metric_definition' as kept_in, id, cite_source, cite_locator, name, registry, product, owners, target
from metric_definition
where {about} and not deprecated
order by {first}, name, id
"""

_OF_PRODUCT = "(product = $subject or (product = '' and registry = $subject))"


def _definition(row: Row) -> tuple[Cell, ...]:
    name, registry, product, owners, target = row
    owned = "has an owner" if owners not in ("[]", "") else "names no owner"
    aimed = f"target {target}" if target else "no target"
    return (str(name), f"{owned}, {aimed}", str(product or registry))


_DEFINED = ("Metric", "What it shows", "Product or registry")

_REMINDERS = """
select 'launch_change' as kept_in, c.id, c.cite_source, c.cite_locator,
    c."on" as day, c.kind, c.subject, l.name
from launch_change c
left join launch l on l.id = c.launch
where coalesce(nullif(l.product, ''), 'launches') = $subject and c."on" <= cast($today as date)
order by case when c.kind = 'chased' then 0 else 1 end, c."on" desc, c.id
"""


def _reminder(row: Row) -> tuple[Cell, ...]:
    day, kind, subject, launch = row
    what = "asked again" if kind == "chased" else str(kind)
    return (str(day), f"{what}: {subject}" if subject else what, str(launch or ""))


_ENTRIES = """
select 'roadmap_entry' as kept_in, e.id, e.cite_source, e.cite_locator,
    cast(e.entered_at as date) as day, e.item,
    case when lower(trim(e.item)) in (select lower(trim(title)) from issue where title <> '')
        or (e.issue_key <> '' and e.issue_key in (select "key" from issue)) then 1 else 0 end as doubled
from roadmap_entry e
where coalesce(nullif(e.area, ''), 'second roadmap') = $subject and e.entered_at <= $today
order by doubled desc, e.entered_at desc, e.id
"""


def _entry(row: Row) -> tuple[Cell, ...]:
    day, item, doubled = row
    return (str(day), "stands in the tracker already" if doubled else "stands here alone", str(item))


_REVIEWS = """
select 'output_review' as kept_in, r.id, r.cite_source, r.cite_locator,
    cast(coalesce(r.reviewed_at, o.written_at) as date) as day, r.verdict, r.rework_minutes
from output_review r
left join agent_output o on o.id = r.output
where coalesce(nullif(r.agent, ''), nullif(o.agent, ''), 'an agent') = $subject
order by
    case when lower(r.verdict) in ('corrected', 'rejected') or r.rework_minutes > 0 then 0 else 1 end,
    coalesce(r.reviewed_at, o.written_at) desc, r.id
"""


def _review(row: Row) -> tuple[Cell, ...]:
    day, verdict, minutes = row
    took = "" if minutes is None else f"{number(float(minutes))} min"
    return (str(day or ""), str(verdict or "no verdict written"), took)


_LAUNCHES = """
select 'launch' as kept_in, id, cite_source, cite_locator, name, first_planned_on, launched_on, planned_on,
    case
        when launched_on is not null then launched_on
        when planned_on is not null then greatest(planned_on, cast($today as date))
    end - first_planned_on as slip
from launch
where coalesce(nullif(product, ''), 'launches') = $subject
order by coalesce(slip, -1) desc, id
"""


def _launch(row: Row) -> tuple[Cell, ...]:
    name, first, launched, planned, slip = row
    if slip is None:
        return (str(name), "no first date, or no later one, is known", str(first or ""))
    happened = "launched" if launched is not None else f"planned for {planned}"
    late = f"{many(int(slip), 'day')} after its first date" if slip > 0 else "not after its first date"
    return (str(name), f"{happened}, {late}", str(first))


_OUTPUTS = """
select 'agent_output' as kept_in, o.id, o.cite_source, o.cite_locator, cast(o.written_at as date) as day,
    case when o.id in (
        select output from output_review where verdict <> '' or rework_minutes is not null
        union
        select output from review
    ) then 1 else 0 end as looked_at
from agent_output o
where coalesce(nullif(o.agent, ''), 'an agent') = $subject and o.written_at <= $today
order by looked_at, o.written_at desc, o.id
"""


def _output(row: Row) -> tuple[Cell, ...]:
    day, looked_at = row
    return (str(day), "reviewed" if looked_at else "reviewed by nobody")


_KINDS = {
    "ritual_rot": Kind(
        what="occurrences of the last half year", columns=("Day", "What it shows", "Length"),
        sql=_OCCURRENCES, views=(OCCURRENCES,), cells=_occurrence,
    ),
    "feedback_black_hole": Kind(
        what="messages", columns=("Came in", "What became of it", "After"),
        sql=_MESSAGES, views=(SIGNALS,), cells=_message,
    ),
    "data_debt": Kind(
        what="uses of the last half year", columns=("Day", "Use", "Took"), sql=_USES, cells=_use,
    ),
    "launch_friction": Kind(
        what="what happened on the way to launches", columns=("Day", "What it shows", "Launch"),
        sql=_REMINDERS, cells=_reminder,
    ),
    "tool_overlap": Kind(
        what="entries of the second roadmap", columns=("Typed on", "What it shows", "Item"),
        sql=_ENTRIES, cells=_entry,
    ),
    "ungoverned_ai": Kind(
        what="reviews of its outputs", columns=("Day", "Verdict", "Mending took"),
        sql=_REVIEWS, cells=_review,
    ),
    "LCH02": Kind(
        what="launches", columns=("Launch", "What it shows", "First date"), sql=_LAUNCHES, cells=_launch,
    ),
    "GOV02": Kind(
        what="its outputs", columns=("Written on", "What it shows"), sql=_OUTPUTS, cells=_output,
    ),
    "DAT01": Kind(
        what="definitions of that name", columns=_DEFINED, cells=_definition,
        sql=_DEFINITIONS.format(about="name = $subject", first="product"),
    ),
    "DAT02": Kind(
        what="metric definitions there", columns=_DEFINED, cells=_definition,
        sql=_DEFINITIONS.format(
            about=f"{_OF_PRODUCT} and takes_owner", first="case when owners = '[]' then 0 else 1 end"
        ),
    ),
    "DAT03": Kind(
        what="indicators there", columns=_DEFINED, cells=_definition,
        sql=_DEFINITIONS.format(
            about=f"{_OF_PRODUCT} and takes_target", first="case when target = '' then 0 else 1 end"
        ),
    ),
}  # fmt: skip

_SHARES_SUBJECT = {
    "ritual_rot": ("RIT",),
    "feedback_black_hole": ("FBK",),
    "launch_friction": ("LCH01",),
    "tool_overlap": ("TOL01",),
    "ungoverned_ai": ("GOV01",),
}
"""Checks whose findings are about what their sink's rows are about: by the first letters of their codes."""
