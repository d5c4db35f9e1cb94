"""Who starts when: an order that the tool draws now, or one that was drawn or happened before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prodops.actions.refusal import ActionRefusedError
from prodops.impact.order import KIND, Order, OrderError, draw_order, read_order
from prodops.impact.trials import STAGGERED, SWITCHBACK
from prodops.impact.weeks import WeekError, is_never, read_week
from prodops.ledger.record import person_id

FEWEST_DRAWN = 6
FORTNIGHT_WEEKS = 2
LEVELS = {"team": "cluster"}

People = Sequence[tuple[str, str]]
"""Pairs of unit and PM."""


@dataclass(frozen=True, slots=True)
class Rollout:
    """Who starts when.

    Attributes:
        design: staggered, switchback, pause or one date.
        starts_on: The first day.
        members: Pairs of unit and PM that take part.
        order: The order as JSON; empty where all start together.
        drawn: Whether the order was drawn and can be drawn again.
    """

    design: str
    starts_on: date
    members: tuple[tuple[str, str], ...]
    order: str = ""
    drawn: bool = False


def rolled_out(
    people: People,
    units: str,
    design: str,
    starts_on: date,
    weeks: Sequence[int | None],
    *,
    seed: int,
    at: datetime,
) -> Rollout:
    """A rollout whose order is drawn now, where the design has one.

    Args:
        people: Who takes part.
        units: team, pm or ritual.
        design: The design.
        starts_on: The first day.
        weeks: Weeks after it in which each wave starts; None for the one that waits.
        seed: The seed of the order.
        at: When it is drawn.

    Raises:
        ActionRefusedError: There are too few units to draw from.
    """
    if design not in (STAGGERED, SWITCHBACK):
        return Rollout(design, starts_on, tuple(people))
    names = sorted({name for name, _ in people})
    if len(names) < FEWEST_DRAWN:
        raise ActionRefusedError(
            f"An order needs {FEWEST_DRAWN} units to draw from; there are {len(names)}. "
            "Start all on one date, read against time: --design one-date"
        )
    told = (0, FORTNIGHT_WEEKS) if design == SWITCHBACK else weeks
    starts = [None if one is None else str(starts_on + timedelta(weeks=one)) for one in told]
    if len(starts) > len(names):
        fewer = f"Fewer: --waves {len(names) // 2}"
        raise ActionRefusedError(f"{len(starts)} waves are more than the {len(names)} units. {fewer}")
    order = draw_order(names, starts, seed=seed, drawn_at=at, level=LEVELS.get(units, "unit"))
    return Rollout(design, starts_on, tuple(people), json.dumps(order), drawn=True)


def given_order(text: str, people: People, units: str, *, begun: bool) -> Rollout:
    """A rollout by an order that was drawn before, or that happened.

    Addresses in it become pseudonyms. Such an order, and one without a hash, is kept as what happened and
    carries no draw of lots.

    Args:
        text: The order as JSON.
        people: Pairs of unit and PM that are known.
        units: team or pm.
        begun: Whether the rollout had begun.

    Raises:
        ActionRefusedError: It is no order, was changed after it was drawn, or names somebody unknown.
    """
    order = _verified(text, begun=begun)
    known = {name for name, _ in people}
    told = {name: name if name in known else str(person_id(name)) for name in order.names}
    strange = [name for name in order.names if told[name] not in known]
    if strange:
        noun, other = ("team with a PM", "pm") if units == "team" else ("PM", "team")
        raise ActionRefusedError(
            f"{strange[0][:60]!r} in the order is no {noun} here. An order of others: --units {other}"
        )
    same = all(name == to for name, to in told.items())
    days = _days(order)
    members = tuple((name, person) for name, person in people if name in set(told.values()))
    kept = text if same else _rewritten(order, told, days)
    first = min(day for day in days if day is not None)
    return Rollout(STAGGERED, first, members, kept, drawn=same and order.sealed)


def _verified(text: str, *, begun: bool) -> Order:
    """The order in a text, as it was sealed."""
    try:
        order = read_order(text)
    except OrderError as error:
        raise ActionRefusedError(
            f"{error} Such a file is written by: prodops try start ... --order-out FILE"
        ) from error
    if order.hashed and not order.sealed:
        raise ActionRefusedError(
            "The order was changed after it was sealed: its hash is not that of its content. Give the file "
            "as it was written."
        )
    if order.redrawn is False:
        raise ActionRefusedError(f"Seed {order.seed[:40]} does not give this order, so somebody wrote it.")
    if not order.sealed and not begun:
        raise ActionRefusedError(
            "The order has no hash, so nobody can tell whether lots were drawn. Let the tool draw it: leave "
            "--order out."
        )
    return order


def _days(order: Order) -> list[date | None]:
    """The day on which each wave starts, None for those held back."""
    days: list[date | None] = []
    for told in order.starts:
        if told is None:
            raise ActionRefusedError("The order does not say when each wave starts. Write `starts` as days.")
        if is_never(told):
            days.append(None)
            continue
        try:
            day = read_week(told)
        except WeekError as error:
            raise ActionRefusedError(f"A wave of the order starts on no day: {error}.") from error
        if not isinstance(day, date):
            raise ActionRefusedError(f"Write the starts of waves as days such as 2026-03-02, not {told}.")
        days.append(day)
    if all(day is None for day in days):
        raise ActionRefusedError("No wave of the order ever starts.")
    return days


def _rewritten(order: Order, told: dict[str, str], days: list[date | None]) -> str:
    """The order with pseudonyms, without a hash: what was sealed was another text."""
    waves = [
        {"starts": None if day is None else str(day), "names": [told[name] for name in wave]}
        for wave, day in zip(order.waves, days, strict=True)
    ]
    return json.dumps({"kind": KIND, "version": 1, "seed": order.seed, "level": "unit", "waves": waves})
