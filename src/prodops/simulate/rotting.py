"""Lets rituals rot: as many as take the hours that were planted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.catalogue import ALIGN, DECIDE
from prodops.simulate.dice import Dice
from prodops.simulate.occurrences import COMES, PREPARED, excess, no_output

if TYPE_CHECKING:
    from prodops.simulate.people import Roster
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.settings import Range, RitualSettings

CAN_ROT = (DECIDE, ALIGN)
"""Only what is meant to produce something can stop producing it."""

AT_WORK = 0.94
"""How much of a year PMs are there, so far as their attendance goes."""

FREE = 0.99
"""How often the time of a meeting is not taken by another."""

SPELL_WEEKS = 3
MOST_OVER = 1.06
"""How far the hours may exceed what was planted before another ritual is left out."""


class Rot(NamedTuple):
    """What one ritual would cost if it rotted, a week, in PM hours that would come back.

    Attributes:
        ritual: The ritual as it would be.
        met: Of the meetings themselves.
        prepared: Of preparing them, for every minute a preparation takes.
    """

    ritual: Ritual
    met: float
    prepared: float


def candidates(
    seed: int, rituals: list[Ritual], roster: Roster, *, settings: RitualSettings, returned: float, weeks: int
) -> list[Rot]:
    """Every ritual that can rot, in an order that is drawn: shared ones first, then those of teams."""
    dice = Dice(seed, "rot")
    onset = int(settings.onset.middle * weeks)
    pms = frozenset(roster.pms)
    found: list[Rot] = []
    for ritual in dice.picks(rituals, len(rituals)):
        if ritual.kind.purpose not in CAN_ROT or ritual.kind.daily:
            continue
        sick = replace(
            ritual,
            decisions_left=settings.decisions_left.draw(dice),
            actions_left=settings.actions_left.draw(dice),
            returned=returned,
            prep_minutes=settings.prep_minutes.middle,
            rotten=True,
            onset=onset + dice.whole(0, 2),
            well=_spells(dice, weeks, settings.well),
        )
        rot = _cost(sick, pms, settings, weeks)
        if rot.met:
            found.append(rot)
    return sorted(found, key=lambda rot: rot.ritual.team >= 0)


def _spells(dice: Dice, weeks: int, share: float) -> frozenset[int]:
    """Weeks, in spells, in which a rotten ritual works as it once did."""
    if not share:
        return frozenset()
    spells = [first for first in range(0, weeks, SPELL_WEEKS) if dice.chance(share)]
    return frozenset(week for first in spells for week in range(first, first + SPELL_WEEKS))


def _cost(sick: Ritual, pms: frozenset[int], settings: RitualSettings, weeks: int) -> Rot:
    """What a rotten ritual costs in the mean over the period."""
    lasts = (weeks - sick.onset - settings.fading_weeks / 2) / weeks * (1.0 - settings.well)
    last = weeks if sick.last_week is None else sick.last_week + 1
    lasts *= max(0, last - sick.phase) / weeks
    guests = [guest for guest in sick.invited if guest.person in pms]
    comes = sum(COMES[guest.response] for guest in guests) * (1.0 - settings.skipped_rotten) * FREE
    held = 1.0 - settings.not_held_rotten - settings.cancelled
    empty = no_output(sick, 0.0) * excess(sick, 0.0) * max(0.0, lasts) * AT_WORK / sick.kind.every
    means_to = PREPARED * sum(COMES[guest.response] > 0 for guest in guests)
    dead = held * empty + (1.0 - held) * empty / max(no_output(sick, 0.0), 1e-9)
    return Rot(sick, comes * held * empty * sick.kind.minutes / 60, means_to * dead / 60)


def let_rot(rituals: list[Ritual], ready: list[Rot], *, hours: float, prep: Range) -> list[Ritual]:
    """The rituals, some of them rotten.

    Args:
        rituals: All of them.
        ready: Those that can rot.
        hours: PM hours a week that rot should take.
        prep: Bounds of what a PM prepares, within which the hours are met as well as may be.
    """
    chosen = _choose(ready, hours, prep.middle)
    met, each = sum(rot.met for rot in chosen), sum(rot.prepared for rot in chosen)
    minutes = min(max((hours - met) / each, prep.low), prep.high) if each else prep.middle
    sick = {rot.ritual.index: replace(rot.ritual, prep_minutes=minutes) for rot in chosen}
    return [sick.get(ritual.index, ritual) for ritual in rituals]


def _choose(ready: list[Rot], hours: float, minutes: float) -> list[Rot]:
    """Rituals in their order, leaving out those that would take too much."""
    chosen: list[Rot] = []
    total = 0.0
    for rot in ready:
        cost = rot.met + minutes * rot.prepared
        if total + cost <= MOST_OVER * hours:
            chosen.append(rot)
            total += cost
    return chosen
