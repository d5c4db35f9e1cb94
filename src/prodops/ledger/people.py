"""Who works here: read from a roster, kept under pseudonyms everywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodops.ledger.record import Observed, PersonId, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Observed):
    """One person of the roster; the only record that holds a name or an address.

    Attributes:
        person: The pseudonym of the address, which every other record uses.
        named: The pseudonym of the written name, which minutes use.
        name: The written name.
        email: The address; empty when the roster has none.
        role: The job title as the roster has it.
        team: The team as the roster has it; empty when unknown.
        manager: The pseudonym of the manager's address.
        location: Place or time zone as the roster has it.
        started_on: First day, if known.
        left_on: Last day, if the person left.
        active: Whether the roster still counts the person, which it may deny without naming a last day.
    """

    person: PersonId
    named: PersonId
    name: Prose
    email: Prose = Prose("")
    role: str = ""
    team: str = ""
    manager: PersonId | None = None
    location: str = ""
    started_on: date | None = None
    left_on: date | None = None
    active: bool = True
