"""Settles a scenario for one seed: every range becomes the value that this organisation has."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from prodops.simulate.setting import Setting
from prodops.simulate.settings import Range, fixed

if TYPE_CHECKING:
    from prodops.simulate.scenario import Scenario

T = TypeVar("T")

PROCESSES = ("rituals", "feedback", "data", "sides", "flow", "calendars", "interviews", "intent")


def settled(scenario: Scenario, setting: Setting) -> Scenario:
    """The scenario with every range of its processes drawn."""
    drawn = {name: settle(getattr(scenario, name), name, setting) for name in PROCESSES}
    return replace(scenario, texts=scenario.texts or scenario.family, **drawn)


def settle(settings: T, path: str, setting: Setting) -> T:
    """The same settings with their ranges drawn; a range with `each` stays one, around what was drawn."""
    if not is_dataclass(settings) or isinstance(settings, type):
        return settings
    drawn: dict[str, Range] = {}
    for field in fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, Range) and value.high > value.low:
            middle = setting.between(f"{path}.{field.name}", value.low, value.high)
            drawn[field.name] = value.around(middle) if value.each else fixed(middle)
    return replace(settings, **drawn)
