"""Sinks that take time in many small pieces: how much of it, how long a piece takes, what could be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.purposes import AI, LAUNCH, TOOLS

if TYPE_CHECKING:
    from prodops.simulate.settings import SideSettings


class Side(NamedTuple):
    """One of the smaller processes as this organisation has it.

    Attributes:
        hours: Hours it takes of a PM in a full week, reclaimable or not.
        avoidable: Share of them that can be given back.
        minutes: What one piece takes: one chase, one double entry, one output mended.
    """

    hours: float
    avoidable: float
    minutes: float


AT_WORK = 0.89
"""Share of the weeks of a year in which a PM is there."""


def sides_of(settings: SideSettings, avoidable: tuple[float, ...]) -> dict[int, Side]:
    """By sink: launches, tools, AI. The settings give reclaimable hours; a block holds all of them."""
    drawn = {
        LAUNCH: (settings.launch, settings.launch_minutes),
        TOOLS: (settings.tools, settings.tools_minutes),
        AI: (settings.ai, settings.ai_minutes),
    }
    return {
        sink: Side(hours.middle / avoidable[sink] / AT_WORK, avoidable[sink], minutes.middle)
        for sink, (hours, minutes) in drawn.items()
    }
