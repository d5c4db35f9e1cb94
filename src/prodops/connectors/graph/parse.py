"""Graph events to series, meetings and invitees; a series without its occurrences is repeated here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal, cast

from prodops.connectors.graph.events import EventError, Invited, is_event, read_event
from prodops.connectors.graph.families import BEYOND, Family, Found, find_horizon, gather
from prodops.connectors.graph.fields import Object
from prodops.connectors.graph.mailbox import find_owner, owner_in_context
from prodops.connectors.graph.records import Source, tell
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import PersonId
from prodops.text.decoding import decode, looks_binary
from prodops.text.json_items import Item, read_items

COVERS: Literal["snapshot", "increment"] = "snapshot"
"""A view or a list is all of a mailbox within its span: what a later one no longer holds is gone."""

_INTO = frozenset({"value", "events", "responses", "body", "data", "exceptionOccurrences"})
_OPENS_JSON = re.compile(r"[\ufeff\s]*[\[{]")
_FIRST_KEYS = re.compile(r'"(?:iCalUId|seriesMasterId|showAs|isAllDay)"\s*:')
_START = re.compile(r'"start"\s*:\s*\{\s*"dateTime"\s*:')
_REMEDY = "Export the events again and load the whole file."


def recognises(file: SourceFile) -> float:
    """How surely these are events of Graph: by the first item, or by names of fields in what there is."""
    head = file.head
    if not _OPENS_JSON.match(head) or not _START.search(head) or not _FIRST_KEYS.search(head):
        return 0.0
    for item in read_items(head, into=_INTO, is_item=is_event):
        if not item.beside and isinstance(item.value, dict):
            return 1.0 if is_event(item.value) else 0.3
    return 0.9


def parse(file: SourceFile) -> Iterator[Entry]:
    """The entries of the file: one for each event.

    Limits are those of calendar files: a series that ends is read for ten years and 5,000 occurrences, one
    that does not to 13 weeks after the newest thing in the file.
    """
    name = file.name
    if not file.content.strip() or looks_binary(file.content):
        says = "the file is no text" if file.content.strip() else "the file is empty"
        yield _lost(name, "file", EventError("not_json", says, _REMEDY))
        return
    found: list[Found | Entry] = []
    owner: PersonId | None = None
    for item in read_items(decode(file.content).text, into=_INTO, is_item=is_event):
        owner = owner or owner_in_context(item.value)
        if not item.beside:
            found.append(_read(name, item))
    if not found:
        yield Entry(locator="file", unused="a list without events")
        return
    yield from _told(file, found, owner)


def _read(name: str, item: Item) -> Found | Entry:
    locator = item.path or "file"
    if item.error:
        return _lost(name, locator, EventError("not_json", f"reading stopped: {item.error}", _REMEDY))
    value = cast("Object", item.value)
    if not isinstance(item.value, dict) or not is_event(value):
        return _lost(name, locator, EventError("not_an_event", "it is no event of Graph", _REMEDY))
    if "@removed" in value:
        return Entry(locator=locator, unused="an event that was removed")
    try:
        event = read_event(value)
    except EventError as error:
        return _lost(name, locator, error)
    return Found(replace(event, people=_shared(event.people)), locator)


@lru_cache(maxsize=8_192)
def _shared(people: tuple[Invited, ...]) -> tuple[Invited, ...]:
    """The same list for all occurrences of a series, so that it is held once."""
    return people


def _told(file: SourceFile, found: list[Found | Entry], owner: PersonId | None) -> Iterator[Entry]:
    events = [one for one in found if isinstance(one, Found)]
    families = gather(events)
    family_of = {id(one): family for family in families.values() for one in _members(family)}
    older = {id(one) for family in families.values() for one in family.older}
    source = Source(
        file.name,
        owner or find_owner(file, (one.event for one in events)),
        find_horizon(one.event for one in events),
    )
    note = _no_end(file.name, [family for family in families.values() if family.is_endless])
    for one in found:
        if isinstance(one, Entry):
            yield one
        elif id(one) in older:
            yield _lost(file.name, one.locator, _DUPLICATE)
        else:
            family = family_of[id(one)]
            entry = tell(source, family, one)
            if note and family.is_endless and one is family.master:
                entry, note = replace(entry, problems=(*entry.problems, note)), None
            yield entry


def _members(family: Family) -> Iterator[Found]:
    if family.master:
        yield family.master
    yield from family.instances.values()


_DUPLICATE = EventError(
    "duplicate_id",
    "another entry is the same event, and is newer or comes first",
    "Nothing, if pages of the export overlap.",
)


def _no_end(name: str, endless: list[Family]) -> Problem | None:
    if not endless:
        return None
    weeks = BEYOND.days // 7
    return problem(
        name,
        "file",
        "no_end",
        says=f"series without end were read to {weeks} weeks after the newest entry: {len(endless)}",
        remedy="Nothing; load a newer export to read further.",
        lost=False,
    )


def _lost(name: str, locator: str, error: EventError) -> Entry:
    lost = problem(name, locator, error.code, says=error.says, remedy=error.remedy)
    return Entry(locator=locator, problems=(lost,))
