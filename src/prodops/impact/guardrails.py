"""What must not get worse: each guardrail of a change, by its design, or before and on the day of reading."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import ModuleType

from prodops.impact.trials import waves_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.measures import units as measures
from prodops.stats.estimate import Estimate

NOT_A_MEASURE = "in words only: no measure is called so, and nothing was computed"


@dataclass(frozen=True, slots=True)
class Guardrail:
    """One guardrail.

    Attributes:
        says: As it was registered.
        before: The measure on the day before the first start; None where it is read by the design.
        since: The measure on the day of reading.
        moved: The effect by the design, else since less before; None where it is in words only.
    """

    says: str
    before: Estimate | None = None
    since: Estimate | None = None
    moved: Estimate | None = None

    @property
    def verdict(self) -> str:
        """What can be said: that it rose, that it fell, that neither is shown, or why nothing can be."""
        if self.moved is None:
            return NOT_A_MEASURE
        if self.moved.low is None or self.moved.high is None:
            return f"not known: {self.moved.because}"
        if self.moved.low > 0:
            return "rose"
        return "fell" if self.moved.high < 0 else "not shown to have moved"


def named(says: str) -> str:
    """The measure that a guardrail begins with, if one: `core-share must not fall` becomes `core_share`."""
    return says.strip().replace("-", "_").split(" ", 1)[0]


def guardrails(
    ledger: Ledger, change: Intervention, by_design: Mapping[str, Estimate]
) -> tuple[Guardrail, ...]:
    """Every guardrail: PM time by the design of the change, the others read twice by their own measure.

    A measure looks back as far as it always does, so that on the day of reading it may still hold weeks from
    before the start: it then moves less than the truth. Which way is worse the guardrail's words say.

    Args:
        ledger: Where it is read.
        change: A change whose day of reading has come.
        by_design: Effects on measures of PM time, by the design of the change.
    """
    known = {unit.__name__.rpartition(".")[2]: unit for unit in measures()}
    days = [wave.starts_on for wave in waves_of(change) if wave.starts_on] or [change.starts_on]
    first = datetime.combine(min(days) - timedelta(days=1), time.max, tzinfo=UTC)
    last = datetime.combine(min(change.reads_out_on, change.ended_on or change.reads_out_on), time.max, UTC)
    asked = [says for says in change.guardrails if named(says) in known and named(says) not in by_design]
    twice = _read({says: known[named(says)] for says in asked}, ledger, (first, min(last, ledger.today)))
    return tuple(
        Guardrail(says, moved=by_design[named(says)])
        if named(says) in by_design
        else twice.get(says, Guardrail(says))
        for says in change.guardrails
    )


def _read(
    units: Mapping[str, ModuleType], ledger: Ledger, days: tuple[datetime, datetime]
) -> dict[str, Guardrail]:
    if not units:
        return {}
    before, since = (ledger.on(day) for day in days)
    found = {}
    for says, unit in units.items():
        was, now = unit.measure(before), unit.measure(since)
        found[says] = Guardrail(says, was, now, difference(now, was))
    return found


def difference(one: Estimate, other: Estimate) -> Estimate:
    """One estimate less another, as if they were independent.

    Source: Zou and Donner (2008), Statistics in Medicine 27:1693 (MOVER): the bounds of a difference from
    those of its parts.
    """
    unit = "points" if one.unit == "share" else one.unit
    scale = 100.0 if one.unit == "share" else 1.0
    for told, when in ((other, "before the first start"), (one, "on the day of reading")):
        if told.value is None or told.low is None or told.high is None:
            return Estimate.unknown(unit, because=f"{when}: {told.because}")
        if math.isinf(told.high):
            return Estimate.unknown(unit, because=f"nothing bounds it {when}", n=told.n)
    # Told twice for the type checker: the loop has returned where a part is missing.
    value, low, high = one.value or 0.0, one.low or 0.0, one.high or 0.0
    was, was_low, was_high = other.value or 0.0, other.low or 0.0, other.high or 0.0
    moved = value - was
    below = math.hypot(value - low, was_high - was)
    above = math.hypot(high - value, was - was_low)
    return Estimate(
        moved * scale, (moved - below) * scale, (moved + above) * scale, min(one.n, other.n), unit,
        method="difference by MOVER", level=min(one.level, other.level),
    )  # fmt: skip
