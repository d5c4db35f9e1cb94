"""Graph events to records: one entry for each event, with what its family gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from prodops.connectors.graph.events import MASTER, SINGLE, Event, Invited, stamp
from prodops.connectors.graph.families import Family, Found, same_people
from prodops.connectors.graph.patterns import MOST, expand
from prodops.ledger.reading import Entry, Problem, problem
from prodops.ledger.record import Citation, PersonId, Record, RecordId
from prodops.ledger.rituals import Invitee, Meeting, Series

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Source:
    """The file that the records are cited from.

    Attributes:
        name: As the user knows it.
        owner: Whose mailbox it is; None when unknown.
        horizon: How far it speaks for a series without end; None when it does not say.
    """

    name: str
    owner: PersonId | None
    horizon: datetime | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """Which list of people holds for an event.

    Attributes:
        id: As `Meeting.invite`.
        key: What ids of its invitees carry.
        people: The list.
        answer: What the owner of the mailbox said to it; empty when unknown.
    """

    id: RecordId
    key: str
    people: tuple[Invited, ...]
    answer: str


def tell(source: Source, family: Family, found: Found) -> Entry:
    """What one event of a family gives."""
    if found is not family.master:
        return _instance(source, family, found)
    if found.event.kind == SINGLE:
        invitation = _invitation(family)
        event = found.event
        meeting = _meeting(source, family, event, event.starts_at, invitation=invitation)
        return _entry(source, found, (meeting, *_invitees(source, family, invitation)))
    return _series(source, family, found)


def _instance(source: Source, family: Family, found: Found) -> Entry:
    event, shared = found.event, _invitation(family)
    own = event.people and not same_people(event.people, shared.people)
    invitation = shared
    if own or (event.answer and event.answer != shared.answer):
        key = f"{family.uid}:{event.stamp}"
        people = event.people or shared.people
        invitation = Invitation(RecordId(f"graph:invite:{key}"), key, people, event.answer)
    meeting = _meeting(source, family, event, event.original, invitation=invitation)
    listed = invitation is not shared or found is family.people_from
    return _entry(source, found, (meeting, *(_invitees(source, family, invitation) if listed else ())))


def _series(source: Source, family: Family, found: Found) -> Entry:
    event, pattern = found.event, found.event.pattern
    horizon = source.horizon or event.starts_at + _YEAR
    starts, is_cut = expand(pattern, event.starts_at, horizon) if pattern else ([event.starts_at], False)
    invitation = _invitation(family)
    records: list[Record] = [
        Series(
            id=_series_id(family),
            cite=_cite(source, family),
            uid=family.uid,
            title=event.title,
            rule=pattern.rule if pattern else "",
            tz=pattern.zone_name if pattern else "",
            starts_at=event.starts_at,
            until=starts[-1] if pattern and pattern.ends and starts else None,
            organiser=event.organiser,
            invited_count=len(event.people),
            revised_at=event.revised_at,
        )
    ]
    if not family.lists_occurrences:
        taken = {_day(found.event.original, event) for found in family.instances.values()} | event.gone
        records.extend(
            _meeting(source, family, event, start, invitation=invitation)
            for start in starts
            if _day(start, event) not in taken
        )
    records.extend(_invitees(source, family, invitation))
    more = (_too_many(source, found),) if is_cut and not family.lists_occurrences else ()
    return _entry(source, found, tuple(records), more)


def _meeting(
    source: Source, family: Family, event: Event, original: datetime, *, invitation: Invitation
) -> Meeting:
    name, starts_at = f"{family.uid}:{stamp(original, all_day=event.all_day)}", event.starts_at
    if event.kind == SINGLE:
        name = family.uid
    elif event.kind == MASTER:
        starts_at = original
    return Meeting(
        id=RecordId(f"graph:meeting:{name}"),
        cite=_cite(source, family),
        uid=family.uid,
        series=None if event.kind == SINGLE else _series_id(family),
        invite=invitation.id,
        title=event.title,
        starts_at=starts_at,
        ends_at=starts_at + (event.ends_at - event.starts_at),
        organiser=event.organiser,
        status=event.status,
        busy=event.busy,
        all_day=event.all_day,
        private=event.private,
        invited_count=len(invitation.people),
        revised_at=event.revised_at,
    )


def _invitation(family: Family) -> Invitation:
    event = family.people_from.event
    return Invitation(RecordId(f"graph:invite:{family.uid}"), family.uid, event.people, event.answer)


def _invitees(source: Source, family: Family, invitation: Invitation) -> Iterator[Invitee]:
    """Who is invited; the mailbox's owner answered as the mailbox says, listed or not."""
    people, owner = invitation.people, source.owner
    if owner and all(one.person != owner for one in people):
        people = (*people, Invited(owner, "none" if people else "accepted", "required"))
    for one in people:
        own = one.person == owner
        response = invitation.answer if own and invitation.answer not in {"", "none"} else one.response
        yield Invitee(
            id=RecordId(f"graph:invitee:{invitation.key}:{one.person}{':own' if own else ''}"),
            cite=_cite(source, family),
            invite=invitation.id,
            person=one.person,
            response=response,
            role=one.role,
            own_copy=own,
        )


def _entry(
    source: Source, found: Found, records: tuple[Record, ...], more: tuple[Problem, ...] = ()
) -> Entry:
    problems = tuple(
        problem(source.name, found.locator, flaw.code, says=flaw.says, remedy=flaw.remedy, lost=False)
        for flaw in found.event.flaws
    )
    return Entry(locator=found.locator, records=records, problems=problems + more)


def _too_many(source: Source, found: Found) -> Problem:
    return problem(
        source.name,
        found.locator,
        "too_many",
        says=f"a long series was read for ten years and {MOST} occurrences at most; the rest was left out",
        remedy="Nothing, if that will do; otherwise export its occurrences (calendarView).",
        lost=False,
    )


def _cite(source: Source, family: Family) -> Citation:
    """Told by UID and not by place: a later export has it elsewhere."""
    return Citation(source.name, f"UID {family.uid}")


def _series_id(family: Family) -> RecordId:
    return RecordId(f"graph:series:{family.uid}")


def _day(moment: datetime, series: Event) -> str:
    """The local day of an occurrence; a Graph series takes place once a day at most."""
    pattern = series.pattern
    return f"{moment.astimezone(pattern.zone) if pattern else moment:%Y-%m-%d}"
