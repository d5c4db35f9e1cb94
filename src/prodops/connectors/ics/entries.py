"""Events of one UID to records: the series, its meetings, and who is invited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from prodops.connectors.ics.events import Event
from prodops.connectors.ics.moments import compact
from prodops.connectors.ics.occurrences import MOST, YEARS, repeat
from prodops.connectors.ics.occurrences import Series as Repeated
from prodops.connectors.ics.people import Invited
from prodops.connectors.ics.zones import zone_name
from prodops.ledger.reading import Entry, Problem, problem
from prodops.ledger.record import Citation, PersonId, Prose, Record, RecordId
from prodops.ledger.rituals import Invitee, Meeting, Series

EXCLUDED = "its series excludes the occurrence that it would replace"


@dataclass(frozen=True, slots=True)
class Found:
    """An event that was read, and where.

    Attributes:
        event: What was read.
        line: The line of its BEGIN.
        owner: Whose calendar it stands in; None when unknown.
    """

    event: Event
    line: int
    owner: PersonId | None


@dataclass(frozen=True, slots=True)
class Group:
    """The events of one UID after older copies have been left out.

    Attributes:
        source: The file.
        uid: The UID, as ids have it.
        main: The event itself; None when the file has only replaced occurrences.
        replacing: What replaces single occurrences.
    """

    source: str
    uid: str
    main: Found | None
    replacing: tuple[Found, ...] = ()
    cite: Citation = field(init=False)

    def __post_init__(self) -> None:
        """One citation for all its records, told without a line: a later export has it elsewhere."""
        object.__setattr__(self, "cite", Citation(self.source, f"UID {self.uid}"))

    @property
    def needs_horizon(self) -> bool:
        """Whether it depends on the file how far its rules are read."""
        return self.main is not None and bool(self.main.event.rules)

    def locator(self, found: Found) -> str:
        """Where an event is found again."""
        return f"line {found.line}, UID {self.uid}"


@dataclass(frozen=True, slots=True)
class Told:
    """What a group gave.

    Attributes:
        entries: One for each of its events.
        meetings_count: How many meetings are in them.
        endless: Whether its rule has no end.
    """

    entries: list[Entry]
    meetings_count: int
    endless: bool


def choose(source: str, uid: str, found: Sequence[Found]) -> tuple[Group, list[Found]]:
    """Of several copies of the same event the one revised last, and the others.

    The higher SEQUENCE wins, then the later stamp, then the one that comes first.
    """
    kept: dict[datetime | None, Found] = {}
    older = []
    for one in found:
        key = one.event.replaces.utc() if one.event.replaces else None
        known = kept.get(key)
        if known is None:
            kept[key] = one
        elif one.event.rank > known.event.rank:
            kept[key] = one
            older.append(known)
        else:
            older.append(one)
    main = kept.pop(None, None)
    return Group(source, uid, main, tuple(kept.values())), older


def tell(group: Group, horizon: datetime | None, *, most: int) -> Told:
    """The records of one UID.

    Args:
        group: Its events.
        horizon: How far a rule without end is read.
        most: How many occurrences are wanted at most.

    Raises:
        MomentError: Its series leaves the calendar.
        OverflowError: The same.
    """
    main = group.main
    if main is None:
        return Told([_alone(group, found) for found in group.replacing], len(group.replacing), endless=False)
    if not main.event.repeats and not group.replacing:
        return Told([_alone(group, main)], 1, endless=False)
    replacing = [replace(found, event=_filled(found.event, main.event)) for found in group.replacing]
    repeated = repeat(main.event, [found.event for found in replacing], horizon, most=most)
    invites = {id(main.event): _invite(group)}
    entries: list[Entry] = []
    for found, original in zip(replacing, repeated.replaced, strict=True):
        if original is None:
            entries.append(Entry(locator=group.locator(found), unused=EXCLUDED))
            continue
        invite = _invite(group)
        if set(found.event.people) != set(main.event.people):
            invite = _invite(group, _stamp(original, main.event))
        invites[id(found.event)] = invite
        entries.append(_replaced(group, found, main, original, invite=invite))
    entries.insert(0, _series(group, main, repeated, invites))
    return Told(entries, len(repeated.occurrences) + len(replacing), repeated.endless)


def _filled(event: Event, main: Event) -> Event:
    """A replaced occurrence with what it leaves to its series: not every program says it again."""
    title = event.title or (Prose("") if event.private else main.title)
    return replace(
        event, title=title, people=event.people or main.people, organiser=event.organiser or main.organiser
    )


def _alone(group: Group, found: Found) -> Entry:
    """An event that does not repeat, or an occurrence whose series is not in the file."""
    event = found.event
    if event.replaces is None:
        starts_at, series, invite = event.start.utc(), None, _invite(group)
        stamp = _stamp(starts_at, event)
    else:
        starts_at = event.start.utc()
        stamp = _stamp(event.replaces.utc(), event)
        series, invite = _series_id(group), _invite(group, stamp)
    meeting = _meeting(
        group, event, starts_at, starts_at + event.span, stamp=stamp, series=series, invite=invite
    )
    return _entry(group, found, (meeting, *_invitees(group, found, invite)))


def _replaced(group: Group, found: Found, main: Found, original: datetime, *, invite: RecordId) -> Entry:
    event = found.event
    starts_at = event.start.utc()
    meeting = _meeting(
        group,
        event,
        starts_at,
        starts_at + event.span,
        stamp=_stamp(original, main.event),
        series=_series_id(group) if main.event.repeats else None,
        invite=invite,
    )
    own_list = invite != _invite(group)
    return _entry(group, found, (meeting, *(_invitees(group, found, invite) if own_list else ())))


def _series(group: Group, main: Found, repeated: Repeated, invites: Mapping[int, RecordId]) -> Entry:
    event = main.event
    records: list[Record] = []
    series = None
    if event.repeats:
        records.append(_series_record(group, event, repeated))
        series = records[0].id
    for original, starts_at, ends_at, like in repeated.occurrences:
        records.append(
            _meeting(
                group,
                like,
                starts_at,
                ends_at,
                stamp=_stamp(original, event),
                series=series,
                invite=invites[id(like)],
            )
        )
    records.extend(_invitees(group, main, _invite(group)))
    left_out = (_too_many(group, main, repeated),) if repeated.left_out else ()
    return _entry(group, main, tuple(records), left_out)


def _series_record(group: Group, event: Event, repeated: Repeated) -> Series:
    until = None
    if not repeated.endless and repeated.occurrences:
        until = max(one.original for one in repeated.occurrences)
    return Series(
        id=_series_id(group),
        cite=group.cite,
        uid=group.uid,
        title=event.title,
        rule=event.rule_text,
        tz=zone_name(event.zone),
        starts_at=event.start.utc(),
        until=until,
        organiser=event.organiser,
        invited_count=len(event.people),
        revised_at=event.revised_at,
    )


def _meeting(
    group: Group,
    event: Event,
    starts_at: datetime,
    ends_at: datetime,
    *,
    stamp: str,
    series: RecordId | None,
    invite: RecordId,
) -> Meeting:
    return Meeting(
        id=RecordId(f"ics:meeting:{group.uid}:{stamp}"),
        cite=group.cite,
        uid=group.uid,
        series=series,
        invite=invite,
        title=event.title,
        starts_at=starts_at,
        ends_at=ends_at,
        organiser=event.organiser,
        status=event.status,
        busy=event.busy,
        all_day=event.all_day,
        private=event.private,
        invited_count=len(event.people),
        revised_at=event.revised_at,
    )


def _invitees(group: Group, found: Found, invite: RecordId) -> Iterator[Invitee]:
    """Who is invited, and the owner of the calendar: what stands there takes the owner's time."""
    people, owner = found.event.people, found.owner
    if owner and all(one.person != owner for one in people):
        # Not on the list and still in the calendar: a block of one's own, or invited by way of a list.
        people = (*people, Invited(owner, "none" if people else "accepted", "required"))
    key = invite.removeprefix("ics:invite:")
    for one in people:
        own = one.person == owner
        yield Invitee(
            id=RecordId(f"ics:invitee:{key}:{one.person}{':own' if own else ''}"),
            cite=group.cite,
            invite=invite,
            person=one.person,
            response=one.response,
            role=one.role,
            own_copy=own,
        )


def _too_many(group: Group, main: Found, repeated: Repeated) -> Problem:
    read = len(repeated.occurrences)
    return problem(
        group.source,
        group.locator(main),
        "too_many",
        says=f"{read} occurrences of a long series were read and about {repeated.left_out} were left out",
        remedy=f"Nothing, if {YEARS} years or {MOST} occurrences will do; otherwise export a shorter span.",
        lost=False,
    )


def _entry(group: Group, found: Found, records: tuple[Record, ...], more: tuple[Problem, ...] = ()) -> Entry:
    locator = group.locator(found)
    problems = tuple(
        problem(group.source, locator, flaw.code, says=flaw.says, remedy=flaw.remedy, lost=False)
        for flaw in found.event.flaws
    )
    return Entry(locator=locator, records=records, problems=problems + more)


def _series_id(group: Group) -> RecordId:
    return RecordId(f"ics:series:{group.uid}")


def _invite(group: Group, stamp: str = "") -> RecordId:
    return RecordId(f"ics:invite:{group.uid}:{stamp}" if stamp else f"ics:invite:{group.uid}")


def _stamp(original: datetime, event: Event) -> str:
    """How an id names an occurrence: by its first start, so that one that is moved keeps its id."""
    return f"{original:%Y%m%d}" if (event.replaces or event.start).is_day else compact(original)
