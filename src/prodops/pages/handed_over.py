"""What PMs audited alone and handed over, for the time page: totals of five PMs and more."""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Section, Words
from prodops.pages.charts import Row, forest
from prodops.pages.purposes import GROUPS
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.shared_hours import SHARED_HOURS, UNIT


def handed_over(ledger: Ledger) -> tuple[Section, ...]:
    """The group's hours, where enough PMs handed theirs over; else what is missing; nothing without any."""
    people = int(ledger.sql("select count(distinct person) from shared_total")[0][0])
    if not people:
        return ()
    rows = ledger.sql(_HOURS, views=[SHARED_HOURS])
    heading = "What PMs audited alone and handed over"
    if not rows:
        return (Section(heading, (Words(TOO_FEW, "quiet"),)),)
    found = {
        purpose: Estimate(value, low, high, count, UNIT, "mean over PMs, Student's t")
        for purpose, value, low, high, count in rows
    }
    title = (
        f"Overhead takes {told(found['C'])} of those who handed over; {told(found['X'], with_n=False)} unread"
    )
    drawn = forest(
        title, [Row(GROUPS[one], hours) for one, hours in found.items()], axis=UNIT, what="Purpose"
    )
    note = "Category totals alone: no titles and no times were handed over. Counted in steps of five PMs."
    return (Section(heading, (drawn, Words(note, "quiet"))),)


TOO_FEW = (
    "Some PMs handed over category totals. They are told for five PMs and more, in steps of five, and only "
    "where nobody's hours follow from the difference to the calendars that are loaded."
)

_HOURS = """
select purpose, value, low, high, people
from shared_hours
where purpose in ('A', 'B', 'C', 'X')
order by purpose
"""
