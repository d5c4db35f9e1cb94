"""A registered change as the proof reads it: its key, its seal, who starts when, and how far it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.measures import units as measures

STAGGERED, SWITCHBACK, PAUSE, ONE_DATE = "staggered", "switchback", "pause", "one date"
DESIGNS: Final = (STAGGERED, SWITCHBACK, PAUSE, ONE_DATE)

OUTCOMES: Final = {
    "overhead_share": "the overhead share of PM time",
    "strategic_share": "the strategic share of PM time",
    "core_share": "the core share of PM time",
    "meeting_hours": "meeting hours of a PM in a week",
    "ritual_hours": "hours of a PM in recurring meetings in a week",
}
"""Outcomes that the proof computes from calendars; others are proved on their own items."""

_AFTER = frozenset((
    "id", "cite", "ended_on", "ended_because", "withdrawn", "declared_at", "declared_by", "seal",
))  # fmt: skip
"""What is not part of the plan: it is said later, or says who said it."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Those who start on one day.

    Attributes:
        starts_on: The day; None for those held back.
        names: Teams, rituals or pseudonyms.
    """

    starts_on: date | None
    names: tuple[str, ...]


def key_of(change: Intervention) -> str:
    """The word that a change is asked for by."""
    _, kind, subject, _ = (*change.id.split(":", 3), "", "", "", "")[:4]
    return f"exit-{subject}" if kind == "exit_ritual" else subject


def changes(ledger: Ledger) -> tuple[Intervention, ...]:
    """Every change, the newest registration first; of those that share a key, the newest alone."""
    told = sorted(ledger.records(Intervention), key=lambda one: (registered_at(one), one.id), reverse=True)
    newest: dict[str, Intervention] = {}
    for one in sorted(told, key=lambda one: one.withdrawn):
        newest.setdefault(key_of(one), one)
    return tuple(one for one in told if newest[key_of(one)] is one)


def over_rituals(change: Intervention) -> bool:
    """Whether a change is rolled out ritual by ritual, and not to the people of one."""
    return change.units == "ritual" and bool(change.order)


def outcome_of(change: Intervention) -> str:
    """The primary outcome in words."""
    if over_rituals(change) and change.target == "ritual_hours":
        return "the PM hours a week in one of these rituals"
    return outcome_words(change.target)


def outcome_words(name: str) -> str:
    """A measure in words: as the proof speaks of it, else as its own first sentence says it.

    Args:
        name: The measure's name.
    """
    if name in OUTCOMES:
        return OUTCOMES[name]
    unit = next((one for one in measures() if one.__name__.rpartition(".")[2] == name), None)
    says = " ".join((unit.__doc__ or "").partition("\n\n")[0].split()).rstrip(".") if unit else ""
    return says[:1].casefold() + says[1:] if says[1:2].islower() else says or name


def registered_at(change: Intervention) -> datetime:
    """When a change was registered first."""
    return change.registered_at or change.declared_at


def seal_of(change: Intervention) -> str:
    """SHA-256 of the plan: every field that is fixed when a change is registered, as canonical JSON."""
    plan = {one.name: _plain(getattr(change, one.name)) for one in fields(change) if one.name not in _AFTER}
    text = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_holds(change: Intervention) -> bool | None:
    """Whether the plan is the one that was sealed; None for old rows, which have no seal of their own."""
    return seal_of(change) == change.seal if change.seal else None


def waves_of(change: Intervention) -> tuple[Wave, ...]:
    """Who starts when: by the order where there is one, else everybody on the first day."""
    if change.design in (STAGGERED, SWITCHBACK) and change.order:
        found = json.loads(change.order)["waves"]
        return tuple(Wave(_day(one.get("starts")), tuple(map(str, one["names"]))) for one in found)
    return (Wave(change.starts_on, tuple(sorted({name for name, _ in members_of(change)}))),)


def members_of(change: Intervention) -> tuple[tuple[str, str], ...]:
    """Pairs of unit and person, as they were when the change was registered."""
    pairs = (one.rpartition("=") for one in change.members)
    return tuple((name, person) for name, _, person in pairs)


def state_of(change: Intervention, today: date, seen_until: date | None) -> str:
    """How far a change is: planned, running, reading out, read out, stopped or taken back.

    Args:
        change: The change.
        today: The day.
        seen_until: The last day that calendars show; None without calendars.
    """
    if change.withdrawn:
        return "taken back"
    if change.ended_on is not None and change.ended_on < change.reads_out_on:
        return "stopped"
    if today < change.starts_on:
        return "planned"
    if today < change.reads_out_on:
        return "running"
    return "read out" if seen_until is not None and seen_until >= change.reads_out_on else "reading out"


def under_way(change: Intervention, today: date) -> bool:
    """Whether a change occupies its units: planned or running, and not stopped."""
    return not change.withdrawn and change.ended_on is None and today <= change.reads_out_on


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None
