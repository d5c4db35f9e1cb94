"""Small invented panels for the tests of impact."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np

from prodops.impact.order import Order, draw_order, read_order
from prodops.impact.panel import Panel, PanelRow, read_panel

FIRST = date(2025, 1, 6)
WEEKS = 52
STARTS: tuple[int | None, ...] = (16, 21, 26, 31, None)


def monday(place: int | None) -> str:
    """The day a week begins; empty for never."""
    return "" if place is None else str(FIRST + timedelta(weeks=place))


def drawn_starts(
    units: int, *, seed: int = 7, starts: tuple[int | None, ...] = STARTS
) -> tuple[dict[str, int | None], str]:
    """The start of each unit by a drawn order, and the order's JSON."""
    import json

    names = [f"pm{place:02d}" for place in range(units)]
    document = draw_order(
        names,
        [monday(start) or None for start in starts],
        seed=seed,
        drawn_at=datetime(2024, 12, 20, tzinfo=UTC),
    )
    order = read_order(json.dumps(document))
    at = {name: start for wave, start in zip(order.waves, starts, strict=True) for name in wave}
    return at, json.dumps(document)


def rows(
    starts: dict[str, int | None],
    *,
    effect: float,
    seed: int = 1,
    noise: float = 0.04,
    weeks: int = WEEKS,
    fades: bool = False,
    level: float = 0.35,
) -> list[PanelRow]:
    """Rows of a panel with this effect after a ramp of four weeks; a tenth of the weeks is missing."""
    dice = np.random.default_rng(seed)
    found: list[PanelRow] = []
    for place, (unit, start) in enumerate(starts.items()):
        own = level + dice.normal(0, 0.05)
        for week in range(weeks):
            since = -1 if start is None else week - start
            size = effect * min((since + 1) / 5, 1.0) if since >= 0 else 0.0
            if fades and since > 4:
                size *= 0.5 ** ((since - 4) / 4)
            value = own + 0.03 * (week % 13 == 12) + size + dice.normal(0, noise)
            if dice.random() > 0.1:
                line = len(found) + 2
                found.append(
                    PanelRow(line, unit, f"team{place % 5}", monday(week), f"{value:.5f}", monday(start))
                )
    return found


def panel(
    units: int = 12, *, effect: float = -0.12, seed: int = 1, noise: float = 0.04
) -> tuple[Panel, Order]:
    """A panel with a drawn order, each unit its own cluster."""
    starts, text = drawn_starts(units)
    found = [alone(row) for row in rows(starts, effect=effect, seed=seed, noise=noise)]
    return read_panel(found), read_order(text)


def alone(row: PanelRow) -> PanelRow:
    """The row without its cluster."""
    return PanelRow(row.line, row.unit, "", row.week, row.outcome, row.treated_from)
