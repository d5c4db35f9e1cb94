"""Releases made known across functions: what was promised and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodops.ledger.record import Observed, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch(Observed):
    """A release made known across functions.

    Attributes:
        name: Its name.
        tier: How much ceremony it gets, as written.
        owner: Who leads it, as written.
        first_planned_on: The first date ever committed to.
        planned_on: The date now committed to.
        launched_on: The day it happened.
        status: The source's own word.
        description: What it says about itself.
    """

    name: str
    tier: str = ""
    owner: str = ""
    first_planned_on: date | None = None
    planned_on: date | None = None
    launched_on: date | None = None
    status: str = ""
    description: Prose = Prose("")
