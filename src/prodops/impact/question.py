"""What is asked of a panel, with whatever evidence was brought along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np

from prodops.impact.effect import Setting
from prodops.impact.labelled import LabelledBlocks
from prodops.impact.order import Order
from prodops.impact.panel import Panel

Scale = Literal["share", "points", "other"]
"""How values are written: 0.35, 35, or something that is no share of time."""

SCALES: dict[str, Scale] = {"share": "share", "points": "points", "other": "other"}

HIGHEST_SHARE = 1.5
HIGHEST_POINTS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        panel: The primary outcome.
        outcome: Its name.
        unit: What a unit is called: "pm".
        scale: How its values are written.
        order: The committed rollout order.
        labels: Labelled blocks.
        strategic: The share that should rise when the primary one falls.
        own_hours: Hours a week that product operations spent on the change.
        week_hours: Hours of a full week.
        events: Other events, with their day or week place; None where no change log was brought.
        secondary: Further outcomes, by name.
        setting: How the effect is computed.
    """

    panel: Panel
    outcome: str = "share"
    unit: str = "pm"
    scale: Scale = "share"
    order: Order | None = None
    labels: LabelledBlocks | None = None
    strategic: Panel | None = None
    own_hours: float | None = None
    week_hours: float = 40.0
    events: Sequence[tuple[int, str]] | None = None
    secondary: Mapping[str, Panel] = field(default_factory=dict)
    setting: Setting = field(default_factory=Setting)

    @property
    def units_called(self) -> str:
        """The units in the plural: "PMs"."""
        return "PMs" if self.unit.casefold() == "pm" else f"{self.unit}s"

    @property
    def points(self) -> float:
        """What a value is multiplied by to be told in points."""
        return 100.0 if self.scale == "share" else 1.0


def scale_of_values(panel: Panel, name: str) -> Scale:
    """How the values of a panel are written: shares up to about 1, or points where the name says so."""
    largest = float(np.abs(panel.outcomes[panel.seen]).max(initial=0.0))
    if largest <= HIGHEST_SHARE:
        return "share"
    words = ("share", "percent", "pct", "point", "%")
    return (
        "points" if largest <= HIGHEST_POINTS and any(word in name.casefold() for word in words) else "other"
    )


def day_told(panel: Panel, place: int) -> str:
    """The week of a column in words."""
    return panel.scale.told(panel.first_week + place)


def first_day(panel: Panel) -> date | None:
    """The day the panel begins; None where weeks are numbers."""
    return panel.scale.day(panel.first_week)
