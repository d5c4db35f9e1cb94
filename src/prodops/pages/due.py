"""What must be looked at next: stances by their day, effects to be read, campaigns to be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodops.actions.campaigns import asked, campaigns
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.standing_stances import STANDING_STANCES


@dataclass(frozen=True, slots=True)
class DueDay:
    """One day.

    Attributes:
        key: What it is known by.
        on: The day.
        says: What is to be looked at.
        more: What to type then.
    """

    key: str
    on: date
    says: str
    more: str


def due_days(ledger: Ledger) -> tuple[DueDay, ...]:
    """Every day that something declared must be looked at, the earliest first; small groups are left out."""
    found = [*_stances(ledger), *_effects(ledger), *_campaigns(ledger)]
    return tuple(sorted(found, key=lambda one: (one.on, one.key)))


def _stances(ledger: Ledger) -> list[DueDay]:
    rows = ledger.sql(_STANCES, views=[RITUAL_LOADS, STANDING_STANCES])
    return [
        DueDay(
            f"{ritual}:{on}", on, f"Look again: {title}, {stance}",
            f"prodops charter {ritual}; then prodops stance {ritual} own|facilitate, or exit-ritual",
        )
        for ritual, title, stance, on in rows
    ]  # fmt: skip


_STANCES = """
select s.ritual, l.title, s.stance, s.expires_on
from standing_stances s
join ritual_loads l on l.ritual = s.ritual and l.big_enough
where s.stance <> ''
order by s.expires_on, s.ritual
"""


def _effects(ledger: Ledger) -> list[DueDay]:
    """Changes whose effect is to be read from today on; of an exit also before, for it is read only once."""
    return [
        DueDay(
            f"{one.id}:{one.reads_out_on}",
            one.reads_out_on,
            f"Read the effect: {one.name}",
            str(one.expected),
        )
        for one in ledger.records(Intervention)
        if one.ended_on is None and one.reads_out_on >= ledger.today.date()
    ]


def _campaigns(ledger: Ledger) -> list[DueDay]:
    found = []
    for one in campaigns(ledger):
        if one.closed_on is None:
            open_ = sum(not row.purpose for row in asked(ledger, one))
            says = f"Answers to {one.name}: {open_:,} open"
            found.append(DueDay(f"{one.id}:{one.due_on}", one.due_on, says, "prodops stance campaign"))
    return found
