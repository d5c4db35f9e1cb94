"""What labels add to the time audit: the grade of its evidence, and how time moved between two samples."""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Block, Points, Section, Words
from prodops.pages.charts import Row, forest
from prodops.pages.purposes import GROUPS
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.labelled_shares import LABELLED_SHARES

GRADES = {
    "B": "Grade B: PMs labelled a random sample of their own blocks, and most of those asked answered.",
    "C": "Grade C: PMs labelled a random sample of their own blocks, but few labels or many silent PMs.",
    "D": "Grade D: a range, no more. Nobody has labelled a block, so purposes are read from titles alone.",
}

STEPS = {
    "B": ("Label a second sample a quarter later: labels in both make a change of time a finding.",),
    "C": (
        "Have the PMs who were asked answer: prodops label says how many have.",
        "Label about 200 blocks a period: they bring a share to about 6 points either side.",
    ),
    "D": (
        "Label sampled blocks: prodops label --me ADDRESS. 200 bring a share to about 6 points either side.",
        "Ask about named recent blocks, never for a percentage of the week: prodops interview kit.",
        "Load the calendars of the PMs that are missing, with titles: a busy block says nothing.",
    ),
}

POINTS = "points"
"""Percentage points: the unit of a change of a share."""


def grade(share: Estimate) -> tuple[Block, ...]:
    """How sure a share of time is, and what would sharpen it.

    Args:
        share: A share of the audit, whose method says its grade.
    """
    letter = next((one for one in "BC" if f"grade {one}" in share.method), "D")
    return (
        Words(GRADES[letter], "strong"),
        Words(f"How it is computed: {share.method}.", "quiet"),
        Words("What would sharpen it:"),
        Points(STEPS[letter]),
    )


def moved(ledger: Ledger) -> tuple[Section, ...]:
    """How time moved between the two newest samples; nothing where there are no two."""
    rows = ledger.sql(_CHANGES, views=[LABELLED_SHARES])
    if not rows:
        return ()
    found = {
        group: Estimate(100 * value, 100 * low, 100 * high, labels, POINTS, method)
        for group, value, low, high, labels, method in rows
    }
    overhead = found["C"]
    sure = (overhead.low or 0.0) > 0 or (overhead.high or 0.0) < 0
    title = (
        f"Overhead moved by {told(overhead)} among the hours that are known"
        if sure
        else f"Overhead cannot be told to have moved: {told(overhead)}"
    )
    drawn = forest(
        title,
        [Row(GROUPS[group], change) for group, change in found.items()],
        axis="Change of the share of known hours, points",
        what="Purpose",
    )
    caution = (
        "Two samples describe; they do not say why it moved. What else happened meanwhile moves time too."
    )
    return (Section("Between the two newest samples", (drawn, Words(caution, "quiet"))),)


_CHANGES = """
select l.purpose, l.value, l.low, l.high, l.labels, l.method
from labelled_shares l
where l.kind = 'change' and l.purpose in ('A', 'B', 'C') and l.value is not null and l.starts_on = (
    select max(newest.starts_on) from labelled_shares newest where newest.kind = 'change'
)
order by l.purpose
"""
