"""What could not be read as it stands, and what was recognised and not used."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Page, Section, Table, Words

NAME = "problems"
SHOWN = 200


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
    """The problems of a ledger, by kind and one by one."""
    kinds = ledger.sql(_KINDS)
    lost = sum(int(count) for _, gone, count, *_ in kinds if gone)
    mended = sum(int(count) for _, gone, count, *_ in kinds if not gone)
    rows = ledger.sql(_EACH, {"shown": SHOWN})
    by_kind = tuple(
        (str(code), "left out" if gone else "read", int(n), str(says), str(do))
        for code, gone, n, says, do in kinds
    )
    each = tuple((f"{source}, {at}", str(says), str(do)) for source, at, says, do in rows)
    empty = "Everything in the files was read or is known and not used."
    return Problems(
        name=NAME,
        title="Problems",
        lead=f"{lost:,} entries could not be read; {mended:,} were read in spite of a problem."
        if kinds
        else "No problem was met in what was loaded.",
        version=ledger.version,
        sections=(
            Section("By kind", (Table("Kinds of problem", _BY_KIND, by_kind, empty),)),
            Section(
                "One by one",
                (
                    Table(
                        "Problems by file and place", _ONE_BY_ONE, each, empty, max(0, lost + mended - SHOWN)
                    ),
                    Words("`prodops problems` lists all of them.", "quiet"),
                ),
            ),
        ),
        lost=lost,
        mended=mended,
    )


_BY_KIND = ("Kind", "", "How many", "First example", "What to do")
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
