"""Calendars as exported: one .ics for every PM, and shared ones of areas and teams."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from prodops.simulate.catalogue import ONE_TO_ONE
from prodops.simulate.names import DOMAIN
from prodops.simulate.vcalendar import TAIL, head
from prodops.simulate.vevents import Entries

if TYPE_CHECKING:
    from prodops.simulate.blocks import Occurrence
    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World


def write(world: World, folder: Folder) -> None:
    """Write every calendar; an entry that several people have is the same text in each."""
    entries = Entries(world)
    lived: dict[int, list[Occurrence]] = defaultdict(list)
    for occurrence in world.occurrences:
        lived[occurrence.ritual].append(occurrence)
    of_pm: dict[int, list[str]] = {pm: [] for pm in world.roster.pms}
    shared: dict[str, list[str]] = defaultdict(list)
    for ritual in world.rituals:
        text = entries.series(ritual, lived[ritual.index])
        for guest in ritual.invited:
            if guest.person in of_pm:
                of_pm[guest.person].append(text)
        if ritual.kind is not ONE_TO_ONE:
            name = f"area-{ritual.area + 1}" if ritual.area >= 0 else world.roster.teams[ritual.team].key
            shared[name].append(text)
    for event in world.events:
        text = entries.event(event)
        for owner in event.owners:
            of_pm[owner].append(text)
    for pm, texts in of_pm.items():
        email = world.roster.people[pm].email
        folder.write(f"calendars/{email}.ics", [head(email), *texts, TAIL])
    for name, texts in shared.items():
        group = f"rituals-{name}@{DOMAIN}"
        folder.write(f"calendars/shared/{group}.ics", [head(group), *texts, TAIL])
