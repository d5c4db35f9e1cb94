"""Who was there: transcripts of some rituals, as WebVTT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.occurrences import HELD
from prodops.simulate.period import iso_day

if TYPE_CHECKING:
    from prodops.simulate.blocks import Occurrence
    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World

KEPT = 0.85
"""Share of held occurrences whose transcript was kept."""


def write(world: World, folder: Folder) -> None:
    """Write a transcript for the held occurrences of the rituals that are transcribed."""
    dice = Dice(world.seed, "transcripts")
    for occurrence in world.occurrences:
        ritual = world.rituals[occurrence.ritual]
        if ritual.transcribed and occurrence.fate in HELD and dice.chance(KEPT):
            name = f"attendance/{ritual.key}/{iso_day(occurrence.day)}.vtt"
            folder.write(name, _transcript(world, occurrence, dice))


def _transcript(world: World, occurrence: Occurrence, dice: Dice) -> str:
    """Everybody who was there says something, about as long as the items of the agenda last."""
    length = world.rituals[occurrence.ritual].kind.minutes * 60
    texts = world.texts.minutes
    cues = [texts.greeting, *(f"{item.matter}." for item in occurrence.items)]
    speakers = dice.picks(occurrence.present, len(occurrence.present))
    count = max(len(speakers), len(cues))
    lines = ["WEBVTT\n"]
    for number in range(count):
        second = 20 + number * (length - 60) // count
        speaker = world.roster.people[speakers[number % len(speakers)]].name
        words = cues[number] if number < len(cues) else dice.pick(texts.replies)
        lines.append(f"\n{_clock(second)} --> {_clock(second + 8)}\n<v {speaker}>{words}</v>\n")
    return "".join(lines)


def _clock(second: int) -> str:
    """Seconds from the start as `00:12:40.000`."""
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000"
