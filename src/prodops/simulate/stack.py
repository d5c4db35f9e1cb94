"""Which products an organisation keeps its work in; drawn by seed, so that every native format is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice, cumulate

if TYPE_CHECKING:
    from prodops.simulate.world import World

TRACKERS = (("jira", 0.50), ("linear", 0.25), ("github", 0.25))
DESKS = (("zendesk", 0.50), ("intercom", 0.30), ("table", 0.20))
CALENDARS = (("ics", 0.60), ("graph", 0.40))
"""Each product with the share of organisations that use it."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The products of one organisation.

    Attributes:
        tracker: jira, linear or github.
        desk: zendesk, intercom, or table where support keeps its tickets on the same board as other requests.
        calendar: ics or graph.
    """

    tracker: str
    desk: str
    calendar: str


def stack_of(world: World) -> Stack:
    """The products of an organisation; of its seed alone, so that its scenario does not show in them."""
    dice = Dice(world.seed, "stack")
    return Stack(*(_drawn(dice, products) for products in (TRACKERS, DESKS, CALENDARS)))


def _drawn(dice: Dice, products: tuple[tuple[str, float], ...]) -> str:
    """One of the products, by their shares."""
    return products[dice.weighted(cumulate([share for _, share in products]))][0]
