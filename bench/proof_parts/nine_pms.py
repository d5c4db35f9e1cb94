"""Draw the worked example: nine product managers whose overhead falls from 35% to 18% of their weeks.

Run as `python bench/proof_parts/nine_pms.py` to write the files of `docs/nine-pms` once more. The rollout
order is drawn first and sealed; the weeks come afterwards. Everything is invented: a manager's own level,
autocorrelated weeks of a manager, a team and the company, ends of quarters, absences, and shares that are
counted on about 25 blocks a week.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prodops.impact.order import draw_order, read_order

Floats = NDArray[np.float64]

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "nine-pms"
TEAMS = {
    "north": ("ada", "bela", "chen"),
    "south": ("dara", "emil", "fay"),
    "west": ("goran", "hana", "ivo"),
}
NAMES = tuple(name for team in TEAMS.values() for name in team)
WEEKS = 52
FIRST = date(2025, 1, 6)
STARTS = (16, 21, 26, None)
SIZES = (2, 2, 2, 3)
ORDER_SEED = 7
SEED = 260
FALL, RISE = 17.0, 17.0
RAMP_WEEKS = 4
BLOCKS_A_WEEK = 25


def monday(week: int | None) -> str | None:
    """The day a week begins."""
    return None if week is None else str(FIRST + timedelta(weeks=week))


def order() -> dict[str, object]:
    """The rollout order: two managers at a time, three held back."""
    drawn_at = datetime(2024, 12, 16, 9, tzinfo=UTC)
    return draw_order(
        NAMES, [monday(week) for week in STARTS], seed=ORDER_SEED, drawn_at=drawn_at, sizes=SIZES
    )


def panel(sealed: dict[str, object], seed: int = SEED) -> str:
    """The panel as CSV, once the order is known."""
    dice = np.random.default_rng(seed)
    starts = started(sealed)
    since = np.array([[-1 if start is None else week - start for week in range(WEEKS)] for start in starts])
    there = np.where(since >= 0, np.clip((since + 1) / (RAMP_WEEKS + 1), 0, 1), 0.0)
    overhead = weeks_of(35, 7, dice) - FALL * there
    strategic = weeks_of(18, 5, dice, quarter_end=-3) + RISE * there
    away = dice.random(overhead.shape) < 5 / WEEKS
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("pm", "team", "week", "share", "strategic", "date"))
    for place, name in enumerate(NAMES):
        team = next(team for team, names in TEAMS.items() if name in names)
        for week in np.flatnonzero(~away[place]).tolist():
            shares = counted(float(overhead[place, week]), float(strategic[place, week]), dice)
            rows.writerow((name, team, monday(week), *shares, monday(starts[place]) or ""))
    return out.getvalue()


def counted(overhead: float, strategic: float, dice: np.random.Generator) -> tuple[str, str]:
    """The two shares as a week's blocks show them."""
    first = min(max(overhead / 100, 0.02), 0.75)
    second = min(max(strategic / 100, 0.02), 0.95 - first)
    blocks = max(10, int(dice.poisson(BLOCKS_A_WEEK)))
    found = dice.multinomial(blocks, [first, second, 1 - first - second]) / blocks
    return f"{found[0]:.3f}", f"{found[1]:.3f}"


def started(sealed: dict[str, object]) -> list[int | None]:
    """The week in which each manager starts."""
    waves = read_order(json.dumps(sealed)).waves
    at = {name: week for wave, week in zip(waves, STARTS, strict=True) for name in wave}
    return [at[name] for name in NAMES]


def weeks_of(level: float, spread: float, dice: np.random.Generator, *, quarter_end: float = 6.0) -> Floats:
    """Points of a kind of work, shape (managers, weeks), before anything is changed."""
    own = dice.normal(level, spread, (len(NAMES), 1))
    ends = (np.arange(WEEKS) % 13 == 12) * quarter_end * dice.normal(1, 0.5, (len(NAMES), 1))
    team = np.repeat(series(len(TEAMS), 0.7, 2.0, dice), 3, axis=0)
    points: Floats = own + ends + team + series(len(NAMES), 0.5, 6.0, dice) + series(1, 0.5, 1.5, dice)
    return points


def series(count: int, rho: float, spread: float, dice: np.random.Generator) -> Floats:
    """Autocorrelated weeks of order one with this standard deviation."""
    shocks = dice.normal(0, spread, (count, WEEKS))
    found = shocks.copy()
    for week in range(1, WEEKS):
        found[:, week] = rho * found[:, week - 1] + np.sqrt(1 - rho**2) * shocks[:, week]
    return found


def main() -> None:
    """Write both files."""
    sealed = order()
    (EXAMPLE / "order.json").write_text(json.dumps(sealed, indent=1) + "\n", encoding="utf-8")
    (EXAMPLE / "panel.csv").write_text(panel(sealed), encoding="utf-8")


if __name__ == "__main__":
    main()
