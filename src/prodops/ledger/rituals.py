"""Meetings that recur: what was planned, what was held, what was written down, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from prodops.ledger.record import Declared, Observed, PersonId, Prose, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Observed):
    """A recurring invitation: the trace of a ritual in a calendar.

    Attributes:
        uid: The calendar's own identifier, shared by every copy of the invitation.
        title: Its subject.
        rule: The recurrence rule as the calendar wrote it.
        tz: The time zone it is kept in; empty when the times are floating.
        starts_at: The first occurrence.
        until: The last occurrence, if the rule ends.
        organiser: Who invited.
        invited_count: People invited, rooms left out.
        revised_at: When the source last changed it; the latest of two copies counts.
    """

    uid: str
    title: Prose
    rule: str
    tz: str = ""
    starts_at: datetime
    until: datetime | None = None
    organiser: PersonId | None = None
    invited_count: int = 0
    revised_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Observed):
    """One occurrence in a calendar, held or not.

    Attributes:
        uid: The calendar's identifier of the invitation it belongs to.
        series: The `Series` it belongs to; None for a single event.
        invite: Whose invitee list applies: equals `Invitee.invite` (a series shares one list).
        title: Its subject.
        starts_at: Start, in UTC.
        ends_at: End, in UTC; never before the start.
        organiser: Who invited.
        status: confirmed, tentative or cancelled.
        busy: Whether it blocks time (not transparent, not free).
        all_day: Whether it is a day or a span of days and not a time.
        private: Whether its owner marked it private; its title is then empty.
        invited_count: People invited, rooms left out; 0 for a block of one's own.
        revised_at: When the source last changed it; the latest of two copies counts.
    """

    uid: str
    series: RecordId | None = None
    invite: RecordId
    title: Prose
    starts_at: datetime
    ends_at: datetime
    organiser: PersonId | None = None
    status: str = "confirmed"
    busy: bool = True
    all_day: bool = False
    private: bool = False
    invited_count: int = 0
    revised_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee(Observed):
    """One person on one invitation.

    Attributes:
        invite: The invitation: equals `Meeting.invite`.
        person: Who.
        response: accepted, declined, tentative or none.
        role: required, optional or chair. Rooms and resources are never recorded.
        own_copy: Whether this was read from the person's own calendar, whose answer counts most.
    """

    invite: RecordId
    person: PersonId
    response: str = "none"
    role: str = "required"
    own_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Observed):
    """One person who was there, as a transcript, an attendance report or the minutes have it.

    Attributes:
        ritual: The name of the meeting as the source has it.
        held_on: The day.
        person: Who.
        note: The `Note` that says so, when it was the minutes.
        minutes_present: How long, when the source knows.
    """

    ritual: str
    held_on: date
    person: PersonId
    note: RecordId | None = None
    minutes_present: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Observed):
    """The minutes of one meeting. No note and a note without a decision are different facts.

    Attributes:
        ritual: The name of the series as its files have it.
        held_on: The day of the meeting.
        title: The title of the document.
        form: How it is written: w3c, headings, marks, prose, meetbot.
        words: Length in words.
        present_count: People it names as present; 0 when it names none.
        items_count: Agenda items found.
    """

    ritual: str
    held_on: date | None
    title: Prose
    form: str
    words: int
    present_count: int = 0
    items_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItem(Observed):
    """One agenda item of the minutes.

    Attributes:
        note: The `Note` it belongs to.
        position: Its place on the agenda, from 1.
        title: Its heading.
        decided: Whether a decision was found in it.
        acted: Whether an action was found in it.
        words: Length in words.
    """

    note: RecordId
    position: int
    title: Prose
    decided: bool
    acted: bool
    words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Observed):
    """A decision or an action written in the minutes.

    Attributes:
        note: The `Note` it stands in.
        item: The `NoteItem` it stands in, if the minutes have items.
        kind: decision or action.
        words: The line itself.
        owners: Who took it on, as written.
        marked: Whether the scribe marked it; otherwise it was read from prose.
        probability: How sure the reading is, 0 to 1; 1 for a mark.
        held_on: The day of the meeting.
    """

    note: RecordId
    item: RecordId | None = None
    kind: str
    words: Prose
    owners: tuple[str, ...] = ()
    marked: bool = True
    probability: float = 1.0
    held_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualListing(Observed):
    """A ritual as a published registry lists it at one moment; two snapshots show births and deaths.

    Attributes:
        registry: The registry: kubernetes, openstack, rust.
        group: Who holds it.
        title: Its name or description.
        day: Day of the week or the recurrence in words.
        time: Local time of day as written.
        tz: Time zone as written.
        frequency: The source's own word: "bi-weekly, you must be signed in".
        every_days: Days between occurrences, normalised; None when it cannot be.
        listed_on: The date of the snapshot; None when the file does not say.
        starts_on: First occurrence, if the registry says.
        ends_on: Last occurrence, if the registry says that it ended.
        notes_url: Where its minutes are said to be.
    """

    registry: str
    group: str
    title: Prose
    day: str = ""
    time: str = ""
    tz: str = ""
    frequency: str = ""
    every_days: float | None = None
    listed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    notes_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualStance(Declared):
    """What product operations does about a ritual.

    Attributes:
        ritual: The ritual's key, as `views` name it.
        stance: own, facilitate or exit; empty where only the purpose is declared, or where both were taken
            back.
        purpose: What it is for: decide, align, learn or relate; empty where nobody declared it.
        expires_on: The day the stance must be looked at again.
        outcome: The one measurable outcome it serves.
        because: Codes and subjects of the findings it rests on.
        supersedes: The stance that stood before.
        declared_at: When.
        declared_by: Who.
        owner: Who holds it, as written; empty where nobody was named.
        decision_right: Who decides there, and after hearing whom, as written; empty where nobody said.
    """

    ritual: str
    stance: str
    purpose: str
    expires_on: date
    outcome: Prose
    because: tuple[str, ...] = ()
    supersedes: RecordId | None = None
    declared_at: datetime
    declared_by: PersonId
    owner: Prose = Prose("")
    decision_right: Prose = Prose("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(Declared):
    """A round in which the owners of rituals are asked to declare what these are for, by a day.

    Attributes:
        name: What it is called: "purposes 2026-11-23".
        rituals: Keys of the rituals that are asked about.
        opened_on: The day it began; what is declared from then on answers it.
        due_on: The day by which answers are asked for.
        closed_on: The day it was closed; None while it goes on.
        declared_at: When this was recorded.
        declared_by: Who recorded it.
        taken_back: Whether it was a mistake and does not count; the log keeps it.
    """

    name: Prose
    rituals: tuple[str, ...]
    opened_on: date
    due_on: date
    closed_on: date | None = None
    declared_at: datetime
    declared_by: PersonId
    taken_back: bool = False
