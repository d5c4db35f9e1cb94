"""Calendars as exported: one for every PM, and shared ones of areas and teams; as .ics or as Graph's JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from prodops.simulate.catalogue import ONE_TO_ONE
from prodops.simulate.graph_events import GROUP, Events, mailbox
from prodops.simulate.launches import titles_of
from prodops.simulate.names import DOMAIN
from prodops.simulate.stack import stack_of
from prodops.simulate.vcalendar import TAIL, head
from prodops.simulate.vevents import Entries

if TYPE_CHECKING:
    from prodops.simulate.blocks import Event, Occurrence
    from prodops.simulate.folder import Folder
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.world import World

Copy = Callable[[int], str]
"""The text of an entry in the calendar of a person, or of a group."""


def write(world: World, folder: Folder) -> None:
    """Write every calendar in the kind that the organisation uses."""
    for name, text in export(world, stack_of(world).calendar):
        folder.write(f"calendars/{name}", text)


def export(world: World, kind: str) -> Iterator[tuple[str, Iterable[str]]]:
    """Every calendar with its file name, as `ics` or as `graph`."""
    form = _Graph(world) if kind == "graph" else _Ics(world)
    lived: dict[int, list[Occurrence]] = defaultdict(list)
    for occurrence in world.occurrences:
        lived[occurrence.ritual].append(occurrence)
    of_pm: dict[int, list[Copy]] = {pm: [] for pm in world.roster.pms}
    shared: dict[str, list[Copy]] = defaultdict(list)
    for ritual in world.rituals:
        copies = form.series(ritual, lived[ritual.index])
        for guest in ritual.invited:
            if guest.person in of_pm:
                of_pm[guest.person].extend(copies)
        if ritual.kind is not ONE_TO_ONE:
            name = f"area-{ritual.area + 1}" if ritual.area >= 0 else world.roster.teams[ritual.team].key
            shared[name].extend(copies)
    titles = titles_of(world)
    for event in world.events:
        copies = form.event(event._replace(title=titles.get(event.uid, event.title)))
        for owner in event.owners:
            of_pm[owner].extend(copies)
    for pm, entries in of_pm.items():
        email = world.roster.people[pm].email
        yield f"{email}.{form.ending}", form.file(email, [copy(pm) for copy in entries])
    for name, entries in shared.items():
        group = f"rituals-{name}@{DOMAIN}"
        yield f"shared/{group}.{form.ending}", form.file(group, [copy(GROUP) for copy in entries])


class _Ics:
    """Calendar files; an entry that several people have is the same text in each."""

    ending = "ics"

    def __init__(self, world: World) -> None:
        self.entries = Entries(world)

    def series(self, ritual: Ritual, occurrences: list[Occurrence]) -> list[Copy]:
        """A recurring meeting with its overrides."""
        return [_same(self.entries.series(ritual, occurrences))]

    def event(self, event: Event) -> list[Copy]:
        """An entry that is no ritual."""
        return [_same(self.entries.event(event))]

    def file(self, owner: str, texts: list[str]) -> list[str]:
        """One calendar."""
        return [head(owner), *texts, TAIL]


class _Graph:
    """Mailboxes; each knows what its owner answered."""

    ending = "json"

    def __init__(self, world: World) -> None:
        self.events = Events(world)

    def series(self, ritual: Ritual, occurrences: list[Occurrence]) -> list[Copy]:
        """A recurring meeting and its exceptions."""
        return [entry.copy for entry in self.events.series(ritual, occurrences)]

    def event(self, event: Event) -> list[Copy]:
        """An entry that is no ritual."""
        return [entry.copy for entry in self.events.event(event)]

    def file(self, owner: str, texts: list[str]) -> Iterator[str]:
        """One mailbox."""
        return mailbox(owner, texts)


def _same(text: str) -> Copy:
    """The same text in every calendar."""
    return lambda _: text
