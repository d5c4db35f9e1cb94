"""Whose mailbox a file of Graph events comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from prodops.connectors.graph.events import Event
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import PersonId, person_id

_ADDRESS = re.compile(r"[^@\s:;,<>\"/']{1,64}@[^@\s:;,<>\"/']{1,190}\.[^@\s:;,<>\"/']{2,60}")
_USER = re.compile(r"users(?:\('|/)([^'/()]{3,320})")


def owner_in_context(value: object) -> PersonId | None:
    """The owner that a page names in `@odata.context`: `.../$metadata#users('ada%40example.com')/events`."""
    context = value.get("@odata.context") if isinstance(value, dict) else None
    match = _USER.search(context[:2_000]) if isinstance(context, str) else None
    address = unquote(match[1]) if match else ""
    return person_id(address) if _ADDRESS.fullmatch(address) else None


def find_owner(file: SourceFile, events: Iterable[Event]) -> PersonId | None:
    """The owner by the names of file and folder, else the person who invites as the mailbox's owner.

    None when two people are: the file is then put together from several mailboxes.
    """
    *folders, last = file.name.split("/")
    for name in (file.stem, last, *folders[-1:]):
        if _ADDRESS.fullmatch(name):
            return person_id(name)
    inviting = {event.organiser for event in events if event.is_organiser and event.organiser}
    return inviting.pop() if len(inviting) == 1 else None
