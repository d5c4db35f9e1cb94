"""The method: how every number comes about, and how each check can be wrong."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from prodops.checks import units as checks
from prodops.diagnosis.constraint import NAME_FROM_PROBABILITY, NAME_FROM_SHARE, SEED
from prodops.diagnosis.sink import DRAWS
from prodops.ledger.ledger import Ledger
from prodops.measures import units as measures
from prodops.pages.blocks import Block, Page, Points, Section, Table, Words

NAME = "method"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method(Page):
    """The method of the other pages.

    Attributes:
        checks: How many checks there are.
        measures: How many measures there are.
    """

    checks: int
    measures: int


def page(ledger: Ledger) -> Method:
    """The method, read from the units themselves."""
    return Method(
        name=NAME,
        title="Method",
        lead="How every number comes about, when each check is wrong, and when nothing is named.",
        version=ledger.version,
        today=ledger.today.date(),
        sections=(
            Section("The rules", (Points(_RULES),)),
            Section("The checks", tuple(_checks())),
            Section("The measures", (_measures(),)),
        ),
        checks=len(checks()),
        measures=len(measures()),
    )


_RULES = (
    "Every number has a 95% interval and n; every claim cites its records by file and place.",
    (
        f"A sink is named only when it leads by a seventh in {NAME_FROM_PROBABILITY:.0%} of {DRAWS:,} draws "
        f"(seed {SEED}) and its lower 5% bound is at least {NAME_FROM_SHARE:.0%} of PM hours. Otherwise "
        "nothing is named, and the page says what would decide it."
    ),
    (
        "Reclaimable hours are judged against what works here: the healthy quarter of rituals, the best "
        "channel, the metrics that are trusted. Never against zero."
    ),
    "The largest reclaimable time sink is not called a binding constraint: that takes evidence of a queue.",
    "Missing minutes are missing, not empty. Closing by a rule is not a decision.",
    (
        "A calendar is not time: declined, free, cancelled and all-day entries do not count, and of two "
        "meetings at once each ends where the next begins."
    ),
    "No figure is shown over fewer than five people, and nobody is ranked.",
)


def _checks() -> list[Block]:
    blocks: list[Block] = []
    for unit in checks():
        title, _, rest = inspect.cleandoc(unit.__doc__ or "").partition("\n\n")
        blocks.append(Words(f"{unit.CODE}  {title}", "strong"))
        blocks.append(Points(tuple(" ".join(part.split()) for part in rest.split("\n\n") if part.strip())))
    return blocks


def _measures() -> Table:
    rows = tuple(
        (unit.__name__.rpartition(".")[2].replace("_", " "), " ".join((unit.__doc__ or "").split()))
        for unit in measures()
    )
    return Table("Every measure and its formula", ("Measure", "What it is"), rows)
