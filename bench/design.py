"""What can a design show? The table of the design documents, by our own estimator, with standard errors.

Run as `python bench/design.py [RUNS]`; 400 panels a row when not told otherwise. The full recipe of
`bench/proof_parts/panels.py` is drawn (classifier, labels, ends of quarters, teams, short weeks), assessed by
the jackknife and by the drawn order as `prodops effect` does, and held beside `prodops plan design`.
"""

from __future__ import annotations

import math
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

# The parts are found however this file is started.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.proof_parts.panels import RAMP_WEEKS, World, drawn

from prodops.impact.design import detectable
from prodops.stats.panel import NEVER, imputed

Floats = NDArray[np.float64]

TABLE = {
    (8, 8, 13): (11.6, 13.9), (12, 8, 13): (8.8, 11.5), (20, 8, 13): (6.1, 9.0), (40, 8, 13): (4.1, 5.8),
    (60, 8, 13): (3.3, 4.9), (8, 13, 26): (7.9, 10.1), (12, 13, 26): (6.4, 8.7), (20, 13, 26): (4.6, 7.1),
    (40, 13, 26): (3.2, 4.6), (60, 13, 26): (2.6, 4.1),
}  # fmt: skip
"""Managers, weeks before and after: half-width of the jackknife's interval, and the fall found in 80%."""

RUNS = 400
FIRST_WEEK = 4
"""Of the 52 weeks drawn, those from here on are used: the end of a quarter falls into week 9 of them."""

REDRAWS = 199
WINDOW = ((RAMP_WEEKS, NEVER),)
POWER = 0.8
MOST_POINTS = 60.0


@dataclass(frozen=True, slots=True)
class Runs:
    """Estimates of noise and of a unit fall: of the panel, with each manager left out, and re-drawn."""

    still: Floats
    moved: Floats
    redrawn_still: Floats
    redrawn_moved: Floats

    def half_widths(self) -> Floats:
        """Half-widths of the jackknife's intervals where nothing happened."""
        return _reach(self.still.shape[1]) * _spread(self.still)

    def by_jackknife(self, size: float) -> float:
        """How often a fall of this size shows by the jackknife."""
        values = self.still + size * self.moved
        return float(np.mean(np.abs(values[:, 0]) > _reach(values.shape[1]) * _spread(values)))

    def by_order(self, size: float) -> float:
        """How often it shows by drawing the order again."""
        value = np.abs(self.still[:, :1] + size * self.moved[:, :1])
        others = np.abs(self.redrawn_still + size * self.redrawn_moved)
        far = (others >= value * (1 - 1e-12)).sum(axis=1)
        return float(np.mean((far + 1) / (REDRAWS + 1) <= 0.05 + 1e-9))

    def by_error(self, size: float) -> float:
        """How often it lies beyond 1.96 standard deviations, as if the error of estimates were known."""
        error = float(self.still[:, 0].std())
        return float(np.mean(np.abs(self.still[:, 0] - size) > 1.96 * error))


def _reach(columns: int) -> float:
    units = columns - 1
    return float(stdtrit(units - 1, 0.975)) * math.sqrt((units - 1) / units)


def _spread(values: Floats) -> Floats:
    spread: Floats = np.sqrt(((values[:, 1:] - values[:, :1]) ** 2).sum(axis=1))
    return spread


def drawn_runs(units: int, before: int, after: int, runs: int) -> Runs:
    """Panels of the full recipe of which half the managers, drawn, start after the weeks before."""
    parts = [_run(units, before, after, seed) for seed in range(1, runs + 1)]
    columns = list(zip(*parts, strict=True))
    return Runs(*(np.stack(part) for part in columns))


def _run(units: int, before: int, after: int, seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    found = drawn(World(units=units), seed)
    used = slice(FIRST_WEEK, FIRST_WEEK + before + after)
    dice = np.random.default_rng([seed, units, 1])
    waves = np.array([before] * (units // 2) + [NEVER] * (units - units // 2))
    orders = np.stack([dice.permutation(waves) for _ in range(REDRAWS + 1)])
    since = np.arange(before + after) - orders[0][:, None]
    fall = -(1 + 0.3 * dice.normal(size=(units, 1))) * np.clip((since + 1) / (RAMP_WEEKS + 1), 0, 1)
    outcomes, seen = np.stack([found.outcomes[:, used], fall]), found.seen[:, used]
    kept = np.concatenate([np.ones((1, units), np.bool_), ~np.eye(units, dtype=np.bool_)])
    starts = np.broadcast_to(orders[0], kept.shape)
    left = imputed(outcomes, seen[None] & kept[:, :, None], starts, WINDOW).effects[:, 0]
    again = imputed(outcomes, seen, orders[1:], WINDOW).effects[:, 0]
    return left[:, 0], left[:, 1], again[:, 0], again[:, 1]


def least(shown: Callable[[float], float], power: float) -> float:
    """The smallest fall that shows so often."""
    low, high = 0.0, MOST_POINTS
    while high - low > 0.02:
        middle = (low + high) / 2
        low, high = (low, middle) if shown(middle) >= power else (middle, high)
    return high


def _least_told(shown: Callable[[float], float], error: float) -> str:
    value, low, high = (least(shown, POWER + side * error) for side in (0, -1, 1))
    return f"{value:.1f} ({low:.1f} to {high:.1f})"


def rows(runs: int) -> Iterator[str]:
    """A Markdown table."""
    yield (
        "| PMs | weeks | half-width: documents | measured | falls found in 80%: documents | as if the error "
        "were known | jackknife | drawn order | `prodops plan design` | false claims, jackknife / order |"
    )
    yield "|" + "---|" * 10
    error = 1.96 * math.sqrt(POWER * (1 - POWER) / runs)
    for (units, before, after), (half, fall) in TABLE.items():
        made = drawn_runs(units, before, after, runs)
        told = [_least_told(shown, error) for shown in (made.by_error, made.by_jackknife, made.by_order)]
        points = detectable(units, weeks_before=before, weeks_after=after).points
        ours = (
            "none" if points.value is None else f"{points.value:.1f} ({points.low:.1f} to {points.high:.1f})"
        )
        nothing = f"{made.by_jackknife(0):.3f} / {made.by_order(0):.3f}"
        yield (
            f"| {units} | {before}+{after} | {half} | {made.half_widths().mean():.1f} | {fall} | "
            f"{' | '.join(told)} | {ours} | {nothing} |"
        )


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    began = time.process_time()
    print(f"CPython {platform.python_version()}, {platform.machine()}; {runs} panels a row")
    for line in rows(runs):
        print(line, flush=True)
    print(f"{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
