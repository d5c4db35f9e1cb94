"""What the simulated time consists of: blocks with their truth, and entries of calendars."""

from __future__ import annotations

from typing import NamedTuple

from prodops.simulate.purposes import NO_SINK


class Block(NamedTuple):
    """A stretch of one PM's time, with what only the truth knows.

    Attributes:
        pm: Whose time.
        week: Which week.
        start: First minute, in minutes of UTC since 1970.
        minutes: Length.
        leaf: True purpose, as an index of `LEAVES`.
        output: Whether anything came of it.
        sink: The sink it belongs to, as an index of `SINKS`, or `NO_SINK`.
        avoidable: Share of it that the organisation's own healthy reference would save.
        medium: ritual, meeting, hold (stands in the calendar) or dark (leaves no entry).
        uid: The calendar entry; empty for dark time.
    """

    pm: int
    week: int
    start: int
    minutes: int
    leaf: int
    output: bool
    sink: int = NO_SINK
    avoidable: float = 0.0
    medium: str = "dark"
    uid: str = ""


class Guest(NamedTuple):
    """One attendee of a calendar entry.

    Attributes:
        person: Index in the roster; -1 for somebody from outside.
        response: The answer, in the calendar's words.
        optional: Whether attendance is optional.
        outside: Address of somebody from outside; empty for colleagues.
    """

    person: int
    response: str
    optional: bool = False
    outside: str = ""


class Event(NamedTuple):
    """A calendar entry that is no ritual.

    Attributes:
        uid: The calendar's identifier.
        owners: PMs in whose calendars it stands.
        title: Its subject.
        day: Local day, as an ordinal.
        start: Local minute of the day; -1 for an all-day entry.
        minutes: Length; for an all-day entry the number of days.
        guests: Attendees, the organiser first; empty for a block of one's own.
        status: CONFIRMED, TENTATIVE or CANCELLED.
        transparent: Whether it leaves the time free.
        private: Whether it is marked private.
        weekly: Whether it repeats every week without end.
    """

    uid: str
    owners: tuple[int, ...]
    title: str
    day: int
    start: int
    minutes: int
    guests: tuple[Guest, ...] = ()
    status: str = "CONFIRMED"
    transparent: bool = False
    private: bool = False
    weekly: bool = False


class Item(NamedTuple):
    """One item on an agenda.

    Attributes:
        matter: What it is about.
        area: The word that stands for the area in its sentences.
        carried: Whether it came back from an earlier agenda.
        decisions: Decisions taken.
        actions: Actions agreed.
        written_decisions: Decisions that reached the minutes.
        written_actions: Actions that reached the minutes.
    """

    matter: str
    area: str
    carried: bool
    decisions: int
    actions: int
    written_decisions: int
    written_actions: int


class Occurrence(NamedTuple):
    """One occurrence of a ritual.

    Attributes:
        ritual: Which ritual.
        week: Which week.
        planned: Local day it was planned for, as an ordinal.
        day: Local day it took place.
        start: Local minute of that day.
        fate: held, moved (and held), not_held (nobody came), cancelled (still shown) or dropped (taken out).
        present: Who was there.
        declined: Who said no to this occurrence.
        items: Its agenda; empty when it was not held or keeps none.
        noted: Whether there are minutes of it.
    """

    ritual: int
    week: int
    planned: int
    day: int
    start: int
    fate: str
    present: tuple[int, ...]
    declined: tuple[int, ...]
    items: tuple[Item, ...]
    noted: bool

    def differs(self, usual: int) -> bool:
        """Whether the calendar shows it otherwise than its series, which starts at the usual minute.

        One that was moved is shown where it was moved to, also when nobody came in the end.
        """
        moved = (self.day, self.start) != (self.planned, usual)
        return self.fate != "dropped" and (self.fate == "cancelled" or moved or bool(self.declined))

    @property
    def outputs(self) -> int:
        """Decisions and actions that came of it."""
        return sum(item.decisions + item.actions for item in self.items)
