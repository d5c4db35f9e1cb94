"""Who is invited, who invites, and whose calendar it is; rooms are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from prodops.connectors.ics.lines import Line
from prodops.ledger.record import PersonId, person_id

_ROOMS = frozenset({"RESOURCE", "ROOM"})
_ROOM_ADDRESS = "@resource.calendar.google.com"
_ADDRESS = re.compile(r"[^@\s:;,<>\"]{1,64}@[^@\s:;,<>\"/]{1,190}\.[^@\s:;,<>\"/]{2,60}")
_NOT_A_PERSON = re.compile(r"@(?:[\w.-]+\.)?(?:calendar\.google\.com|calendar\.proton\.me)$", re.IGNORECASE)
_NOBODY = re.compile(r"(?:invalid:|urn:|/|data:|cid:|https?:)", re.IGNORECASE)
_RESPONSES = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
    # Whoever sends somebody else does not come.
    "DELEGATED": "declined",
}
_ROLES = {"OPT-PARTICIPANT": "optional", "NON-PARTICIPANT": "optional", "CHAIR": "chair"}
_LONGEST_HANDLE = 320


class Invited(NamedTuple):
    """One person on one invitation.

    Attributes:
        person: Who.
        response: accepted, declined, tentative or none.
        role: required, optional or chair.
    """

    person: PersonId
    response: str
    role: str


pseudonym = lru_cache(maxsize=16_384)(person_id)


def read_people(
    attendees: Iterable[Line], organiser: Line | None, *, lists_all: bool
) -> tuple[tuple[Invited, ...], PersonId | None]:
    """The people of an invitation, rooms left out, and who invites.

    Whoever invites others is counted among them even where the program does not list its organiser, as
    Outlook does not.

    Args:
        attendees: The ATTENDEE lines.
        organiser: The ORGANIZER line.
        lists_all: Whether the program lists everybody who comes, so that an organiser who is not
            listed stays away.
    """
    people: dict[PersonId, Invited] = {}
    for line in attendees:
        handle = _handle(line)
        if handle and not _is_room(line):
            one = Invited(pseudonym(handle), _response(line), _role(line))
            known = people.get(one.person)
            if known is None or known.response == "none":
                people[one.person] = one
    inviting = _handle(organiser) if organiser else ""
    if not inviting or organiser is None or _is_room(organiser):
        return tuple(people.values()), None
    who = pseudonym(inviting)
    if people and who not in people and not lists_all and not _NOT_A_PERSON.search(inviting):
        people[who] = Invited(who, "accepted", "chair")
    return tuple(people.values()), who


def find_owner(names: Sequence[str]) -> PersonId | None:
    """Whose calendar it is: the first of the names that is an address of a person.

    Args:
        names: What may name the owner: properties of the calendar, the file's name.
    """
    for name in names:
        address = name.strip().removeprefix("mailto:").removeprefix("MAILTO:")
        if _ADDRESS.fullmatch(address) and not _NOT_A_PERSON.search(address):
            return pseudonym(address)
    return None


def _handle(line: Line) -> str:
    """An address; where there is none, the written name."""
    value = line.text.strip()[:_LONGEST_HANDLE]
    if value[:7].lower() == "mailto:":
        value = value[7:].strip()
    elif _NOBODY.match(value):
        value = ""
    parameters = line.parameters
    return value or parameters.get("EMAIL", "").strip() or parameters.get("CN", "").strip()[:_LONGEST_HANDLE]


def _is_room(line: Line) -> bool:
    return line.parameters.get("CUTYPE", "").upper() in _ROOMS or _ROOM_ADDRESS in line.value.lower()


def _response(line: Line) -> str:
    return _RESPONSES.get(line.parameters.get("PARTSTAT", "").upper(), "none")


def _role(line: Line) -> str:
    return _ROLES.get(line.parameters.get("ROLE", "").upper(), "required")
