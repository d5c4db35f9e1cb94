"""What product managers are given to work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from prodops.ledger.record import Observed, PersonId, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(Observed):
    """One tool of the organisation's stack.

    Attributes:
        name: Its name.
        owner: Who answers for it, as written.
        purpose: What it is for, as written.
        seats_paid: Seats paid for.
        seats_used: Seats used in the period the source speaks of.
        renews_on: The next renewal or expiry.
        status: The source's own word.
        yearly_price: What it costs a year, as `1200.00 EUR`; without a currency when none is written.
    """

    name: str
    owner: str = ""
    purpose: Prose = Prose("")
    seats_paid: int | None = None
    seats_used: int | None = None
    renews_on: date | None = None
    status: str = ""
    yearly_price: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapEntry(Observed):
    """One time an item was typed into a roadmap that is kept beside the tracker.

    An entry with the title of an `Issue` is a double entry: the same thing typed into a second tool.

    Attributes:
        item: The item's title.
        area: Team or product it belongs to, as written.
        stage: How far it is, in the roadmap's own words.
        entered_at: When it was typed.
        person: Who typed it.
        issue_key: The tracker's key of it, where the roadmap has one.
        first: Whether this is the first entry of the item in its file; the others say it again.
        words: What was written beside it.
    """

    item: Prose
    area: str = ""
    stage: str = ""
    entered_at: datetime
    person: PersonId | None = None
    issue_key: str = ""
    first: bool = True
    words: Prose = Prose("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Observed):
    """One person's right to a tool.

    Attributes:
        tool: The tool's name.
        person: Who has it; None when nobody does though it is paid for.
        given_on: Since when.
        last_used_on: The last day of use that the source knows; None when there was none.
        observed_until: The day of the export: disuse is known up to here and no further.
    """

    tool: str
    person: PersonId | None = None
    given_on: date | None = None
    last_used_on: date | None = None
    observed_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSpend(Observed):
    """What was paid for a tool in one month.

    Attributes:
        tool: The tool's name.
        month: The first day of the month.
        paid: As `1200.00 EUR`; without a currency when none is written.
    """

    tool: str
    month: date
    paid: str
