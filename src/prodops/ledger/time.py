"""Where PM time goes: what people say and what they booked. What calendars show is in `rituals`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodops.ledger.record import Observed, PersonId, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewAnswer(Observed):
    """One line of a PM interview: where time goes and where it should go.

    Attributes:
        person: Who was asked.
        asked_on: The day of the interview.
        category: A leaf of the taxonomy (A1 ... C7) or a topic of the interview script.
        stated_share: Share of working time as stated, 0 to 1.
        ideal_share: Share of working time as wished, 0 to 1.
        says: What was said, in words.
    """

    person: PersonId
    asked_on: date
    category: str
    stated_share: float | None = None
    ideal_share: float | None = None
    says: Prose = Prose("")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry(Observed):
    """Hours that a person booked on a category.

    Attributes:
        person: Who booked them.
        booked_on: The day; None when the source has none.
        category: The source's own category.
        subcategory: The source's finer word.
        hours: Hours booked, never negative.
    """

    person: PersonId | None
    booked_on: date | None
    category: str
    subcategory: str = ""
    hours: float
