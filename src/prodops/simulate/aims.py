"""What is planted in one organisation: how large each sink is to be, and which stage binds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.simulate.purposes import ROT, SINKS

if TYPE_CHECKING:
    from prodops.simulate.scenario import Plant, Scenario
    from prodops.simulate.setting import Setting

STAGES_OF = {
    "ritual_rot": ("decision",),
    "feedback_black_hole": ("signal", "insight"),
    "data_debt": ("insight",),
    "launch_friction": ("launch",),
    "tool_overlap": ("spec",),
    "ungoverned_ai": ("learning", "spec"),
}
"""The stages a sink starves when it binds."""

NEARLY_ALL = 0.95
"""How much of what is possible a sink may be asked to take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What is planted.

    Attributes:
        avoidable: Avoidable fraction of each sink, in the order of `SINKS`.
        hours: Reclaimable hours each sink is to take, per PM and week; empty without a plant.
        binding: The stage that binds; empty when none does.
    """

    avoidable: tuple[float, ...]
    hours: tuple[float, ...] = ()
    binding: str = ""


def avoidable_of(scenario: Scenario, setting: Setting) -> tuple[float, ...]:
    """The avoidable fraction of every sink, each drawn on its own."""
    return tuple(setting.share(f"avoidable.{sink}", scenario.avoidable) for sink in SINKS)


def aim(
    scenario: Scenario, setting: Setting, *, avoidable: tuple[float, ...], possible: dict[str, float]
) -> Aims:
    """Draw who leads, by how much, and what binds.

    Args:
        scenario: The scenario.
        setting: The draws of this organisation.
        avoidable: Avoidable fractions.
        possible: The most hours, per PM and week, some sinks can take here.
    """
    plant, binding = scenario.plant, scenario.flow.binding
    if plant is None:
        return Aims(avoidable=avoidable, binding=binding)
    top, *others = _order(plant, setting)
    gap = setting.multiplied("first over second", plant.gap.low, plant.gap.high)
    wished = setting.multiplied("largest", plant.hours.low, plant.hours.high)
    # The following sink must be able to reach its share, or the gap would be wider than was drawn.
    hours = {top: min(_most(wished, top, possible), gap * _most(wished / gap, others[0], possible))}
    for place, sink in enumerate(others):
        share = 1.0 if place == 0 else setting.between(f"rest.{place}", plant.rest.low, plant.rest.high)
        hours[sink] = _most(hours[top] / gap * share, sink, possible)
    if not binding and not setting.happens("no stage binds", plant.stageless):
        binding = setting.pick("binding stage", STAGES_OF[top])
    if plant.sound:
        hours[SINKS[ROT]] = 0.0
    return Aims(avoidable=avoidable, hours=tuple(hours[sink] for sink in SINKS), binding=binding)


def _order(plant: Plant, setting: Setting) -> list[str]:
    """The sinks by size: a draw of their order, those named by the scenario moved to the front."""
    left = list(SINKS)
    order = [left.pop(left.index(setting.pick(f"order of {place}", left))) for place in range(len(SINKS))]
    named = [sink for sink in (plant.top, plant.second) if sink]
    last = [SINKS[ROT]] if plant.sound else []
    return [*named, *(sink for sink in order if sink not in {*named, *last}), *last]


def _most(hours: float, sink: str, possible: dict[str, float]) -> float:
    """The hours, or nearly all that is possible here."""
    return min(hours, NEARLY_ALL * possible.get(sink, hours / NEARLY_ALL))
