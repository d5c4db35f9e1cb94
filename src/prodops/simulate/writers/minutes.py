"""Minutes in Markdown: minutes/<ritual>/<day>.md, laid out as the ritual's scribe does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from prodops.simulate import layouts
from prodops.simulate.dice import Dice
from prodops.simulate.occurrences import HELD
from prodops.simulate.period import iso_day
from prodops.simulate.scan import modules
from prodops.simulate.sheet import Scribe, Sheet

if TYPE_CHECKING:
    from prodops.simulate.blocks import Occurrence
    from prodops.simulate.folder import Folder
    from prodops.simulate.texts.library import SheetTexts
    from prodops.simulate.world import World


def write(world: World, folder: Folder) -> None:
    """Write every file of minutes that exists."""
    found = {module.__name__.rpartition(".")[2]: module for module in modules(layouts.__name__)}
    words = world.texts.minutes.sheet
    scribe = Scribe(world.texts.minutes, Dice(world.seed, "scribes"))
    for occurrence in world.occurrences:
        if occurrence.noted:
            ritual = world.rituals[occurrence.ritual]
            layout = found[ritual.layout]
            render: Callable[[Sheet, SheetTexts], str] = layout.render
            sheet = _sheet(world, occurrence, scribe, told=layout.TOLD)
            folder.write(f"minutes/{ritual.key}/{iso_day(occurrence.day)}.md", render(sheet, words))


def _sheet(world: World, occurrence: Occurrence, scribe: Scribe, *, told: bool) -> Sheet:
    """What the scribe has of one occurrence."""
    ritual = world.rituals[occurrence.ritual]
    people = world.roster.people
    day = date.fromordinal(occurrence.day)
    if occurrence.fate not in HELD:
        return Sheet(ritual.title, day, (), (), (), scribe.not_held())
    present = tuple(people[person].name for person in occurrence.present)
    absent = (guest.person for guest in ritual.invited if guest.person not in occurrence.present)
    return Sheet(
        ritual=ritual.title,
        day=day,
        present=present,
        regrets=tuple(people[person].name for person in absent),
        items=tuple(scribe.item(item, people=present, day=day, told=told) for item in occurrence.items),
    )
