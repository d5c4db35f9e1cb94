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
    declared_at: datetime
    declared_by: PersonId

    def __post_init__(self) -> None:
        """Refuse a prescription without a finding."""
        if not self.because:
            raise ValueError("an intervention names the findings it rests on")
