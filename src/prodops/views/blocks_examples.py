"""Typical blocks of each purpose, to cite as evidence; none that names a person or shows a single one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.text.words import fold
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.block_purposes import BLOCK_PURPOSES, LEAVES
from prodops.views.blocks import BLOCKS

PER_LEAF, CITED = 10, 3
"""Titles kept of each leaf, and blocks cited of each title."""

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A title that many blocks share.

    Attributes:
        title: One of its spellings.
        hours: Expected PM hours in the audit window.
        people: PMs who have it.
        meetings: Ids of its longest blocks, to cite.
    """

    title: str
    hours: float
    people: int
    meetings: tuple[str, ...]


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    names = _names(ledger)
    views = [BLOCKS, BLOCK_PURPOSES, AUDIT_WINDOW]
    cited: dict[str, list[str]] = defaultdict(list)
    for folded, meeting in ledger.sql(_MEETINGS, {"cited": CITED}, views=views):
        cited[folded].append(meeting)
    kept: dict[str, int] = defaultdict(int)
    for folded, reading, a, b, c, title, hours, people in ledger.sql(_TITLES, views=views):
        leaf = {"A": a, "B": b, "C": c}[reading]
        if kept[leaf] < PER_LEAF and names.isdisjoint(_LETTERS.findall(fold(title))):
            kept[leaf] += 1
            for meeting in cited[folded]:
                yield leaf, kept[leaf], title, hours, people, meeting


BLOCKS_EXAMPLES = View(
    name="blocks_examples",
    needs=(AUDIT_WINDOW, BLOCK_PURPOSES, BLOCKS),
    columns=(
        ("leaf", "VARCHAR"), ("place", "BIGINT"), ("title", "VARCHAR"), ("hours", "DOUBLE"),
        ("people", "BIGINT"), ("meeting", "VARCHAR"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: leaf, place (1 took most hours), title, hours (expected, in the audit window), people (PMs who
have it), meeting (a block to cite). A title is here when two PMs have it or it recurs, and, if it is of
meetings of two, when three PMs have it, since such titles tend to be names; never one with a word of the
roster's names and addresses in it."""


def examples(ledger: Ledger, leaf: str, limit: int = 3) -> tuple[Example, ...]:
    """The titles that were read as a leaf and took most hours, at most `PER_LEAF`.

    Args:
        ledger: The ledger.
        leaf: A leaf of the taxonomy: `C1`.
        limit: How many titles at most.

    Raises:
        ValueError: There is no such leaf.
    """
    if leaf not in LEAVES:
        raise ValueError(f"{leaf} is no leaf of the taxonomy")
    rows = ledger.sql(_OF_LEAF, {"leaf": leaf, "limit": limit}, views=[BLOCKS_EXAMPLES])
    found: dict[int, Example] = {}
    for place, title, hours, people, meeting in rows:
        before = found[place].meetings if place in found else ()
        found[place] = Example(title=title, hours=hours, people=people, meetings=(*before, meeting))
    return tuple(found.values())


_OF_LEAF = """
select place, title, hours, people, meeting
from blocks_examples
where leaf = $leaf and place <= $limit
order by place, meeting
"""


def _names(ledger: Ledger) -> frozenset[str]:
    """Every word of every name and address of the roster."""
    rows = ledger.sql("select name, email from person")
    words = (word for row in rows for cell in row for word in _LETTERS.findall(fold(str(cell).split("@")[0])))
    return frozenset(word for word in words if len(word) > 1)


_SHARED = """
with titles as (
    select
        p.folded,
        min(replace(p.reading, '?', '')) as reading,
        min(p.best_a) as best_a,
        min(p.best_b) as best_b,
        min(p.best_c) as best_c,
        min(b.title) as title,
        sum(b.hours * b.probability) as hours,
        count(distinct b.person) as people
    from blocks b
    join block_purposes p on p.title = b.title
    join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
    where p.reading in ('A', 'A?', 'B', 'B?', 'C', 'C?') and b.person <> ''
    group by p.folded
    having count(distinct b.person) >= 3
        or ((count(distinct b.person) >= 2 or max(case when b.series is null then 0 else 1 end) = 1)
            and max(case when b.invited = 2 then 1 else 0 end) = 0)
)
"""

_TITLES = f"""{_SHARED}
select folded, reading, best_a, best_b, best_c, title, hours, people
from titles
order by hours desc, folded
"""  # noqa: S608 (both halves are our own text)

_MEETINGS = f"""{_SHARED}, placed as (
    select
        p.folded,
        b.meeting,
        row_number() over (partition by p.folded order by max(b.hours) desc, b.meeting) as place
    from blocks b
    join block_purposes p on p.title = b.title
    join titles t on t.folded = p.folded
    join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
    group by p.folded, b.meeting
)
select folded, meeting
from placed
where place <= $cited
order by folded, place
"""  # noqa: S608 (both halves are our own text)
