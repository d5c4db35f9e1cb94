"""Two audits side by side as a page: what was, what is, and why that is no effect."""

from __future__ import annotations

from prodops.impact.trials import OUTCOMES
from prodops.impact.two_audits import TwoAudits
from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Cell, Page, Points, Section, Table
from prodops.pages.wording import capital
from prodops.stats.estimate import Estimate

POINTS = "points of PM time"
DOUBTS = (
    "Two audits a quarter apart show a change where nothing was done in 6 to 50% of cases: seasons do it.",
    "Shares are read from titles: new names for old work move them too. Labels tell: prodops label --draw",
    "Nobody is there to compare with. Register the next change before it begins: prodops try start",
)


def compared(ledger: Ledger, found: TwoAudits) -> Page:
    """The page of two audits.

    Args:
        ledger: The ledger they were read from.
        found: The two audits.
    """
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            capital(OUTCOMES[name].removeprefix("the ")), f"{100 * was:.1f}%", f"{100 * now:.1f}%",
            Estimate(
                100 * found.changes[name].value, 100 * found.changes[name].low,
                100 * found.changes[name].high, found.pms, POINTS, method=found.changes[name].method,
            ),
        )
        for name, (was, now) in found.means.items()
    )  # fmt: skip
    before, after = (f"{first} to {last}" for first, last in (found.before, found.after))
    was, now = (100 * one for one in found.means["overhead_share"])
    lead = (
        f"Description only, grade D: the overhead share of {found.pms} PMs was {was:.1f}% in {before} and "
        f"{now:.1f}% in {after}. No effect is claimed."
    )
    columns = ("Share of 40 hours", f"{before} ({found.weeks[0]} weeks)",
               f"{after} ({found.weeks[1]} weeks)", "Change over PMs")  # fmt: skip
    return Page(
        name="proof", title="Two audits", lead=lead, version=ledger.version, today=ledger.today.date(),
        sections=(
            Section("What calendars show", (Table("Shares as calendars show them", columns, rows),)),
            Section("Why that is no effect", (Points(DOUBTS),)),
        ),
    )  # fmt: skip
