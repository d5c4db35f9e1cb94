"""Who starts when by the committed order, whether the panel followed it, and which orders there could be."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

import numpy as np

from prodops.impact.order import Order
from prodops.impact.panel import Panel
from prodops.impact.weeks import WeekError, is_never, read_week
from prodops.stats.panel import NEVER, Places

FEWEST_NAMES = 6
FEWEST_ORDERS = 60
LISTED = 999
"""Up to so many distinct orders every one is taken; of more, some are drawn."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The committed order on a panel.

    Attributes:
        names: The names that were drawn: units or clusters.
        of_unit: The place of each unit's name, -1 for a unit outside the order; shape (units,).
        starts: The column in which each name starts; shape (names,).
        strata: Inside which names change places; shape (names,).
        orders: How many distinct orders could have been drawn.
        faults: Why it does not carry grade A, in sentences; empty when it does.
        before_first_week: Whether it was drawn before the first start; None where that cannot be told.
    """

    names: tuple[str, ...]
    of_unit: Places
    starts: Places
    strata: Places
    orders: int
    faults: tuple[str, ...]
    before_first_week: bool | None


def matched(order: Order, panel: Panel) -> Assignment:
    """Lay an order beside a panel."""
    level = _level(order, panel)
    told = panel.units if level == "unit" else panel.clusters
    at = {_key(name): place for place, name in enumerate(order.names)}
    of_unit = np.array([at.get(_key(name), -1) for name in told], np.intp)
    starts, wrong = _starts(order, panel, of_unit)
    strata = np.unique([order.strata.get(name, "") for name in order.names], return_inverse=True)[1]
    orders = _orders(starts, strata)
    before = _drawn_before(order, panel, starts)
    return Assignment(
        order.names, of_unit, starts, np.asarray(strata, np.intp), orders,
        tuple(_faults(order, panel, of_unit, before=before, orders=orders)) + wrong, before,
    )  # fmt: skip


def redrawn(assignment: Assignment, *, draws: int, seed: int) -> Places:
    """The starts of the units in other orders of the same design, shape (orders, units).

    All of them where they are few, else so many at random. Units outside the order never start.
    """
    if assignment.orders <= LISTED:
        real = tuple(assignment.starts)
        others = np.array([one for one in _every(assignment) if one != real], np.intp)
    else:
        others = _shuffled(assignment, draws, np.random.default_rng(seed))
    others = others.reshape(-1, len(assignment.names))
    beside = np.full((len(others), 1), NEVER, np.intp)
    return np.concatenate([others, beside], axis=1)[:, assignment.of_unit]


def _listed(names: list[str]) -> str:
    return ", ".join(repr(name[:40]) for name in names[:5]) + (" and others" if len(names) > 5 else "")


def _key(name: str) -> str:
    return name.strip().casefold()


def _level(order: Order, panel: Panel) -> str:
    if order.level:
        return order.level
    names = {_key(name) for name in order.names}
    units = names & {_key(unit) for unit in panel.units}
    clusters = names & {_key(cluster) for cluster in panel.clusters}
    return "unit" if len(units) >= len(clusters) else "cluster"


def _starts(order: Order, panel: Panel, of_unit: Places) -> tuple[Places, tuple[str, ...]]:
    """The start of each name, and a fault where the panel's units did not start then.

    Where the order names no start, that of most units of the wave counts, and waves must follow each other.
    """
    began = np.minimum(panel.starts, panel.weeks)
    starts = np.full(len(order.names), NEVER, np.intp)
    strayed: list[str] = []
    silent: list[int] = []
    for places, told in zip(_places(order), order.starts, strict=True):
        inside = [unit for unit in range(len(panel.units)) if of_unit[unit] in places]
        start = _start_of(told, panel)
        if start is None:
            usual = Counter(began[inside].tolist()).most_common(1)
            start = usual[0][0] if usual and usual[0][0] < panel.weeks else NEVER
            silent += [start] * bool(usual)
        starts[places.start : places.stop] = start
        strayed += [panel.units[unit] for unit in inside if began[unit] != min(start, panel.weeks)]
    faults = []
    if strayed:
        told = f"{len(strayed)} of {len(panel.units)} units did not start when the order says"
        faults.append(f"{told}: {_listed(strayed)}.")
    if silent != sorted(silent):
        faults.append("The order names no starts, and its names did not start one after the other.")
    return starts, tuple(faults)


def _places(order: Order) -> list[range]:
    """The places of the names of each wave."""
    ends = accumulate((len(wave) for wave in order.waves), initial=0)
    return [range(first, last) for first, last in pairwise(ends)]


def _start_of(told: str | None, panel: Panel) -> int | None:
    """The column in which a wave starts by the order; None where it does not say on the panel's scale."""
    if told is None:
        return None
    if is_never(told):
        return NEVER
    try:
        week = read_week(told)
    except WeekError:
        return -NEVER
    if isinstance(week, date) != panel.scale.calendar:
        return None
    return panel.scale.place(week) - panel.first_week


def _drawn_before(order: Order, panel: Panel, starts: Places) -> bool | None:
    begins = starts[(starts < panel.weeks) & (starts > -NEVER)]
    day = panel.scale.day(panel.first_week + int(begins.min())) if len(begins) else None
    if day is None or order.drawn_at is None:
        return None
    return order.drawn_at.date() <= day


def _faults(
    order: Order, panel: Panel, of_unit: Places, *, before: bool | None, orders: int
) -> Iterator[str]:
    if not order.sealed and order.hashed:
        yield "The hash of the order is not that of its content, so nobody can tell what was drawn."
    elif not order.sealed and order.redrawn is not True:
        yield "The order has no hash, and no known way draws it again from a seed: it cannot be verified."
    if order.redrawn is False:
        yield f"Seed {order.seed[:40]} does not give this order."
    if not order.seed:
        yield "The order names no seed."
    if before is False:
        yield f"The order was drawn on {order.drawn_at:%Y-%m-%d}, after the first unit had started."
    outside = [unit for unit, place in zip(panel.units, of_unit, strict=True) if place < 0]
    if outside:
        yield f"{len(outside)} of {len(panel.units)} units are not in the order: {_listed(outside)}."
    if len(order.names) < FEWEST_NAMES:
        yield f"{len(order.names)} names were drawn; randomisation inference needs {FEWEST_NAMES}."
    elif orders < FEWEST_ORDERS:
        yield f"Only {orders} orders could have been drawn; an interval at 95% needs {FEWEST_ORDERS}."


def _orders(starts: Places, strata: Places) -> int:
    total = 1
    for stratum in np.unique(strata):
        counts = Counter(starts[strata == stratum].tolist()).values()
        total *= math.factorial(sum(counts)) // math.prod(math.factorial(count) for count in counts)
    return total


def _every(assignment: Assignment) -> Iterator[tuple[int, ...]]:
    """Every distinct order, the committed one among them."""
    strata: list[int] = assignment.strata.tolist()
    left: dict[int, Counter[int]] = defaultdict(Counter)
    for stratum, start in zip(strata, assignment.starts.tolist(), strict=True):
        left[stratum][start] += 1

    def deal(place: int, dealt: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if place == len(strata):
            yield dealt
            return
        counts = left[strata[place]]
        for start in [one for one, count in counts.items() if count]:
            counts[start] -= 1
            yield from deal(place + 1, (*dealt, start))
            counts[start] += 1

    return deal(0, ())


def _shuffled(assignment: Assignment, draws: int, dice: np.random.Generator) -> Places:
    """Starts shuffled inside each stratum, shape (draws, names)."""
    home = np.argsort(assignment.strata, kind="stable")
    layers = np.broadcast_to(assignment.strata, (draws, len(home)))
    order = np.lexsort((dice.random(layers.shape), layers), axis=1)
    found = np.empty((draws, len(home)), np.intp)
    found[:, home] = assignment.starts[order]
    return found
