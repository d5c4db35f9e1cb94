"""What a proof costs: 20 managers, 52 weeks, 399 re-draws of the order, beside two other ways, in one run.

Run as `python bench/proof_speed.py [RUNS]`. The peers: the same re-draws by one regression with dummies each,
and the bootstrap of diff-diff's ImputationDiD where that package is installed (it is no dependency). That one
weighs the influence of each manager and fits once, so it does less. Where it is there, its point estimates
are also held against ours on unbalanced panels.
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

# The parts are found however this file is started.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.proof_parts.panels import World, drawn

from prodops.impact.assessment import assess
from prodops.impact.assignment import matched, redrawn
from prodops.impact.order import Order
from prodops.impact.panel import Panel
from prodops.impact.question import Question
from prodops.impact.weeks import Scale
from prodops.stats.panel import NEVER, imputed

FIRST_DAY = date(2025, 1, 6)
DRAWN_AT = datetime(2024, 12, 20, tzinfo=UTC)
REDRAWS = 399
RUNS = 5
PANELS = 40


def main() -> None:
    """Print the seconds, the ratios and the largest difference."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    panel = invented(20, 1)
    order = followed(panel)
    question = Question(panel=panel, order=order, scale="points")
    starts = redrawn(matched(order, panel), draws=REDRAWS, seed=1)
    whole = seconds(lambda: assess(question), runs)
    alone = seconds(lambda: ours(panel, starts), runs)
    dummies = seconds(lambda: [by_dummies(panel, one) for one in starts], 1)
    print(f"20 managers, 52 weeks, {len(starts)} re-draws, CPU seconds, median of {runs}")
    print(f"the whole answer: estimate, intervals, horizons, placebo, leave-one-out, gates: {whole:.3f}")
    print(f"the effect and its re-draws alone: {alone:.3f}")
    print(
        f"the same by a regression with dummies for each re-draw: {dummies:.2f} (ratio {alone / dummies:.3f})"
    )
    if importlib.util.find_spec("diff_diff") is None:
        print("diff-diff is not installed here")
        return
    peer = seconds(lambda: other(panel, REDRAWS), 1)
    ratios = f"ratio {alone / peer:.2f}; whole answer {whole / peer:.2f}"
    print(f"diff-diff's bootstrap, {REDRAWS} draws: {peer:.3f} ({ratios})")
    print(f"largest difference of point estimates, {PANELS} unbalanced panels: {largest_difference():.1e}")


def invented(units: int, seed: int) -> Panel:
    """A panel of weekly shares with absences, an effect of ten points."""
    found = drawn(World(units=units, effect_points=-10), seed)
    names = tuple(f"pm{place:02d}" for place in range(units))
    scale = Scale(calendar=True)
    outcomes = np.where(found.seen, found.outcomes, 0.0)
    return Panel(names, names, outcomes, found.seen, found.starts, scale.place(FIRST_DAY), scale)


def followed(panel: Panel) -> Order:
    """The order that a panel followed, as if it had been drawn and sealed."""
    weeks = sorted(set(panel.starts.tolist()))
    waves = [
        [name for name, start in zip(panel.units, panel.starts, strict=True) if start == week]
        for week in weeks
    ]
    told = ["" if week == NEVER else str(panel.scale.day(panel.first_week + week)) for week in weeks]
    return Order(tuple(map(tuple, waves)), tuple(told), "1", DRAWN_AT, sealed=True, redrawn=None)


def seconds(work: Callable[[], object], runs: int) -> float:
    """CPU seconds of a piece of work, the median of some runs after a first one."""
    work()
    taken = []
    for _ in range(runs):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def ours(panel: Panel, starts: np.ndarray[Any, np.dtype[np.intp]]) -> float:
    """The effect with every re-draw."""
    every = np.concatenate([panel.starts[None], starts])
    return float(imputed(panel.outcomes[None], panel.seen, every, ((0, NEVER),)).effects[0, 0, 0])


def by_dummies(panel: Panel, starts: np.ndarray[Any, np.dtype[np.intp]]) -> float:
    """The effect by least squares on a dummy for each unit and week."""
    units, weeks = panel.outcomes.shape
    since = np.arange(weeks) - starts[:, None]
    at = np.argwhere(panel.seen & (since < 0))
    design = np.zeros((len(at), units + weeks))
    design[np.arange(len(at)), at[:, 0]] = 1
    design[np.arange(len(at)), units + at[:, 1]] = 1
    fitted = np.linalg.lstsq(design, panel.outcomes[at[:, 0], at[:, 1]], rcond=None)[0]
    left = panel.outcomes - fitted[:units, None] - fitted[None, units:]
    return float(left[panel.seen & (since >= 0)].mean())


def other(panel: Panel, draws: int) -> float:
    """The effect by diff-diff."""
    frames, peers = importlib.import_module("pandas"), importlib.import_module("diff_diff")
    unit, week = np.nonzero(panel.seen)
    first = np.where(panel.starts >= panel.weeks, 0, panel.starts + 1)
    table = frames.DataFrame(
        {"unit": unit, "week": week + 1, "share": panel.outcomes[unit, week], "first": first[unit]}
    )
    way = peers.ImputationDiD(n_bootstrap=draws, seed=1)
    found = way.fit(table, outcome="share", unit="unit", time="week", first_treat="first")
    return float(found.overall_att)


def largest_difference() -> float:
    """Over panels with absences, the most that two programs differ in the mean effect, in points."""
    gaps = []
    for seed in range(1, PANELS + 1):
        panel = invented(9 + seed % 12, seed)
        mine = imputed(panel.outcomes[None], panel.seen, panel.starts[None], ((0, NEVER),)).effects[0, 0, 0]
        gaps.append(abs(float(mine) - other(panel, 0)))
    return max(gaps)


if __name__ == "__main__":
    main()
