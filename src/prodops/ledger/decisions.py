"""Recorded choices: what was chosen, by whom, on what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from prodops.ledger.record import Declared, PersonId, Prose, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Declared):
    """A recorded choice with an owner and a date.

    Attributes:
        question: What was asked.
        chosen: The option chosen.
        options: The options considered, "do nothing" among them.
        inputs: Records it rests on.
        decided_on: The day.
        owner: Who answers for it.
        review_on: The day it must be looked at again.
        supersedes: The decision it replaces.
        declared_at: When it was recorded.
    """

    question: Prose
    chosen: Prose
    options: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    decided_on: date
    owner: PersonId
    review_on: date | None = None
    supersedes: RecordId | None = None
    declared_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Declared):
    """A declared change: because of which findings, on what, from when, to what effect.

    Attributes:
        name: What is done.
        because: Codes and subjects of the findings it rests on; never empty.
        target: The measure it should move.
        expected: The effect expected, in words with a number.
        starts_on: The first day.
        reads_out_on: The day its effect is read.
        ended_on: The day it was taken back; None while it goes on.
        ended_because: Why it ended; empty while it goes on.
        withdrawn: Whether it was taken back as if it had never been registered.
        acts_on: What is changed, kind and subject: `ritual roadmap-review`, `flow intake`.
        design: staggered, switchback, pause or one date; empty in old rows.
        units: What starts one by one: team, pm or ritual; empty for everybody at once.
        members: Who belonged to which unit when it was registered: `Search=person:0f3a`.
        expected_value: The effect expected on the target: points of a share, or hours; None where not told.
        expected_low: Its lower bound.
        expected_high: Its upper bound.
        guardrails: What must not get worse, in words or as measures.
        order: The rollout order as the tool drew and sealed it, as JSON; empty without one.
        grade: The best grade that this design can reach.
        detectable_points: The least effect that it can show with 80% power; None where nobody knows.
        own_hours: Hours a week that product operations spends on it; None where not told.
        beside: Other changes that run on the same units, declared as such.
        begun_before: Whether it had begun when it was registered.
        registered_at: When it was registered first, whatever was declared about it later; None in old rows.
        seal: SHA-256 of the plan as it was registered; empty in old rows.
        declared_at: When it was declared.
        declared_by: Who declared it.
    """

    name: Prose
    because: tuple[str, ...]
    target: str
    expected: Prose
    starts_on: date
    reads_out_on: date
    ended_on: date | None = None
    ended_because: Prose = Prose("")
    withdrawn: bool = False
    acts_on: str = ""
    design: str = ""
    units: str = ""
    members: tuple[str, ...] = ()
    expected_value: float | None = None
    expected_low: float | None = None
    expected_high: float | None = None
    guardrails: tuple[str, ...] = ()
    order: str = ""
    grade: str = ""
    detectable_points: float | None = None
    own_hours: float | None = None
    beside: tuple[str, ...] = ()
    begun_before: bool = False
    registered_at: datetime | None = None
    seal: str = ""
    declared_at: datetime
    declared_by: PersonId

    def __post_init__(self) -> None:
        """Refuse a prescription without a finding."""
        if not self.because:
            raise ValueError("an intervention names the findings it rests on")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEvent(Declared):
    """Something else that happened, so that it is not taken for the effect of a change.

    Attributes:
        happened_on: The day.
        says: What happened: "reorganisation of support".
        withdrawn: Whether it was taken back.
        declared_at: When it was declared.
        declared_by: Who declared it.
    """

    happened_on: date
    says: Prose
    withdrawn: bool = False
    declared_at: datetime
    declared_by: PersonId
