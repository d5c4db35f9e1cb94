"""Releases made known across functions: what was promised and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodops.ledger.record import Observed, Prose, RecordId


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
        key: The plan's own key; empty when it goes by its name.
        product: The product, team or area it belongs to, as written.
        depends_on: Keys or names of the launches that must come before, as written.
    """

    name: str
    tier: str = ""
    owner: str = ""
    first_planned_on: date | None = None
    planned_on: date | None = None
    launched_on: date | None = None
    status: str = ""
    description: Prose = Prose("")
    key: str = ""
    product: str = ""
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchChange(Observed):
    """Something that happened on the way to a launch: one row of its history.

    Attributes:
        launch: The launch.
        on: The day.
        kind: moved (its date), gate (one was asked for, passed or failed), chased (somebody asked again for
            what is waited for), dependency (one was noticed), status, or the source's own word.
        subject: The gate or the launch it is about; empty for the launch itself.
        before: What stood there before, as written.
        after: What stands there since, as written.
        words: What was written beside it.
    """

    launch: RecordId
    on: date
    kind: str
    subject: str = ""
    before: str = ""
    after: str = ""
    words: Prose = Prose("")
