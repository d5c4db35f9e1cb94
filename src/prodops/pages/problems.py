"""What could not be read as it stands, and what was: nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Page, Section, Table, Words
from prodops.pages.loaded import read_as
from prodops.pages.wording import many

NAME = "problems"
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems(Page):
    """The page that shows that nothing was dropped in silence.

    Attributes:
        lost: Entries that could not be read.
        mended: Entries that were read in spite of a problem.
    """

    lost: int
    mended: int


def page(ledger: Ledger) -> Problems:
    """The problems of a ledger, by kind and one by one, and what was read."""
    kinds = ledger.sql(_KINDS)
    lost = sum(int(count) for _, gone, count, *_ in kinds if gone)
    mended = sum(int(count) for _, gone, count, *_ in kinds if not gone)
    return Problems(
        name=NAME,
        title="Problems",
        lead=_lead(lost, mended),
        version=ledger.version,
        today=ledger.today.date(),
        sections=(*_met(ledger, lost + mended), Section("What was read", (read_as(ledger),))),
        lost=lost,
        mended=mended,
    )


def _lead(lost: int, mended: int) -> str:
    if not lost + mended:
        return "No problem was met in what was loaded."
    return f"{many(lost, 'entry', 'entries')} could not be read; {mended:,} read in spite of a problem."


def _met(ledger: Ledger, total: int) -> tuple[Section, ...]:
    if not total:
        return ()
    by_kind = tuple(
        (str(code).replace("_", " "), "left out" if gone else "read", int(n), str(says), str(do))
        for code, gone, n, says, do in ledger.sql(_KINDS)
    )
    each = tuple(
        (f"{source}, {at}", str(says), str(do))
        for source, at, says, do in ledger.sql(_EACH, {"shown": SHOWN})
    )
    left_out = max(0, total - SHOWN)
    listed = Table("Problems by file and place", _ONE_BY_ONE, each, left_out=left_out)
    rest = (Words("All of them: prodops problems", "quiet"),) if left_out else ()
    return (
        Section("By kind", (Table("Kinds of problem, what was left out first", _BY_KIND, by_kind),)),
        Section("One by one", (listed, *rest)),
    )


_BY_KIND = ("Kind", "Entry", "How many", "First example", "What to do")
_ONE_BY_ONE = ("Where", "What is wrong", "What to do")

_KINDS = """
select code, lost, count(*) as problems, min(says) as says, min(remedy) as remedy
from problem
group by code, lost
order by lost desc, problems desc, code
"""

_EACH = """
select cite_source, cite_locator, says, remedy
from problem
order by lost desc, cite_source, length(cite_locator), cite_locator, id
limit $shown
"""
