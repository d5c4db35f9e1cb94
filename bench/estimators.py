"""Do the estimators keep what their intervals promise? Bias and coverage, with standard errors.

Run as `python bench/estimators.py [RUNS]`; 1,000 runs a cell when not told otherwise.
"""

from __future__ import annotations

import platform
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad

from prodops.stats.competing import aalen_johansen
from prodops.stats.estimate import Estimate
from prodops.stats.prediction_powered import LabelledPeriod, change, labelled_period
from prodops.stats.proportions import difference, wilson
from prodops.stats.survival import kaplan_meier

SEED = 20_261_122
RUNS = 1_000
RUNS_OF_LIFELINES = 200
WINDOW_DAYS = 180.0
BY_DAYS = 90.0
NEVER_DECIDED = 0.35
MEAN_DAYS_TO_DECISION = 300.0
ROBOT_CLOSES_DAYS = (60.0, 120.0)

Items = tuple[NDArray[np.float64], NDArray[np.int64]]
"""Days observed and how each item ended: 0 open, 1 decided, 2 closed by the robot."""


@dataclass
class Tally:
    """What the runs of one estimator gave."""

    values: list[float] = field(default_factory=list)
    hits: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)

    def add(self, told: Estimate, truth: float) -> None:
        """Count one run; an unknown estimate is none."""
        if told.value is None or told.low is None or told.high is None:
            return
        self.values.append(told.value - truth)
        self.hits.append(told.low <= truth <= told.high)
        self.widths.append((told.high - told.low) / 2)

    def line(self, name: str) -> str:
        """Bias and coverage with their standard errors, in one line."""
        runs = len(self.values)
        if not runs:
            return f"  {name:44s} no run gave an estimate"
        bias, coverage = float(np.mean(self.values)), float(np.mean(self.hits))
        bias_error = float(np.std(self.values)) / runs**0.5
        coverage_error = (coverage * (1 - coverage) / runs) ** 0.5
        return (
            f"  {name:40s} bias {bias:+.4f} ({bias_error:.4f})"
            f"  coverage {coverage:.3f} ({coverage_error:.3f})"
            f"  half-width {np.mean(self.widths):.3f}  runs {runs:,}"
        )


def black_hole(dice: np.random.Generator, n: int) -> Items:
    """Requests of a half-year with growing intake, seen at its end; a robot closes what is old."""
    arrived = WINDOW_DAYS * np.sqrt(dice.random(n))
    never = dice.random(n) < NEVER_DECIDED
    decided = np.where(never, np.inf, dice.exponential(MEAN_DAYS_TO_DECISION, n))
    closed = dice.uniform(*ROBOT_CLOSES_DAYS, n)
    observed = np.minimum(np.minimum(decided, closed), WINDOW_DAYS - arrived)
    return observed, np.where(observed == decided, 1, np.where(observed == closed, 2, 0))


def true_share_decided() -> float:
    """The share decided within ninety days when nothing is cut off by the snapshot."""
    first, last = ROBOT_CLOSES_DAYS

    def arriving(day: float) -> float:
        left_open = min(1.0, (last - day) / (last - first))
        return float(np.exp(-day / MEAN_DAYS_TO_DECISION) / MEAN_DAYS_TO_DECISION * left_open)

    return (1 - NEVER_DECIDED) * float(quad(arriving, 0, BY_DAYS, points=[first])[0])


def decided_of_all(items: Items) -> Estimate:
    """The share that a report shows which counts the undecided as refused."""
    days, codes = items
    return wilson(int(np.sum((codes == 1) & (days <= BY_DAYS))), len(days))


def decided_of_closed(items: Items) -> Estimate:
    """The share that a report shows which looks at closed items alone."""
    days, codes = items
    ended = (codes > 0) & (days <= BY_DAYS)
    return wilson(int(np.sum(ended & (codes == 1))), int(ended.sum()))


def robot_as_censoring(items: Items) -> Estimate:
    """One minus Kaplan-Meier, as if what the robot closed could still be decided."""
    told = kaplan_meier(items[0], items[1] == 1, unit="days").at(BY_DAYS)
    if told.value is None or told.low is None or told.high is None:
        return told
    return Estimate(1 - told.value, 1 - told.high, 1 - told.low, told.n, "share")


def ours(items: Items) -> Estimate:
    """Aalen-Johansen with the robot competing."""
    return aalen_johansen(*items, causes=2).at(1, BY_DAYS)


def of_lifelines(items: Items) -> Estimate:
    """The same by lifelines."""
    from lifelines import AalenJohansenFitter  # lazy: pandas, and only for the comparison

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = AalenJohansenFitter().fit(*items, event_of_interest=1)
    place = int(np.searchsorted(fit.cumulative_density_.index.to_numpy(), BY_DAYS, side="right")) - 1
    low, high = sorted(map(float, fit.confidence_interval_cumulative_density_.iloc[place]))
    value = float(fit.cumulative_density_.iloc[place, 0])
    if np.isnan(low):
        return Estimate.unknown("share", because="lifelines gives no interval")
    return Estimate(value, min(low, value), max(high, value), len(items[0]), "share")


def feedback(runs: int) -> Iterator[str]:
    """How the share decided is told by each estimator, at two sizes."""
    truth = true_share_decided()
    yield f"Share of requests decided within 90 days; the truth is {truth:.4f}"
    estimators: dict[str, Callable[[Items], Estimate]] = {
        "decided / all": decided_of_all,
        "decided / closed": decided_of_closed,
        "1 - Kaplan-Meier, robot as censoring": robot_as_censoring,
        "Aalen-Johansen, ours": ours,
        "Aalen-Johansen, lifelines": of_lifelines,
    }
    for n in (80, 300, 2_000):
        yield f" n = {n:,}"
        seconds = {}
        for name, estimator in estimators.items():
            dice, tally = np.random.default_rng(SEED), Tally()
            count = min(runs, RUNS_OF_LIFELINES) if estimator is of_lifelines else runs
            samples = [black_hole(dice, n) for _ in range(count)]
            began = time.process_time()
            for items in samples:
                tally.add(estimator(items), truth)
            seconds[name] = (time.process_time() - began) / count
            yield tally.line(name)
        ratio = seconds["Aalen-Johansen, lifelines"] / seconds["Aalen-Johansen, ours"]
        each = seconds["Aalen-Johansen, ours"] * 1000
        yield f"  ours takes {each:.2f} ms, lifelines {ratio:.0f} times that"


def blocks(
    dice: np.random.Generator, share: float, accuracy: float, labels: int
) -> tuple[float, LabelledPeriod]:
    """Four weeks of nine people through a classifier, with labels on a sample of each predicted class."""
    truth = (dice.random(1_620) < share).astype(float)
    predicted = np.where(dice.random(1_620) < accuracy, truth, 1 - truth)
    asked = np.full(1_620, np.nan)
    for side in (0, 1):
        rows = dice.choice(np.flatnonzero(predicted == side), labels // 2, replace=False)
        asked[rows] = truth[rows]
    return float(truth.mean()), labelled_period(predicted, asked, strata=predicted)


def time_audit(runs: int) -> Iterator[str]:
    """How a fall of overhead from 35% to 18% is told with and without labels."""
    yield "Change of the overhead share between two audits of 1,620 blocks, 200 labels each"
    for before, after in ((0.8, 0.8), (0.9, 0.9), (0.97, 0.97), (0.8, 0.65)):
        for first_share, second_share in ((0.35, 0.18), (0.35, 0.35)):
            dice, naive, corrected = np.random.default_rng(SEED), Tally(), Tally()
            for _ in range(runs):
                first_truth, first = blocks(dice, first_share, before, 200)
                second_truth, second = blocks(dice, second_share, after, 200)
                truth = second_truth - first_truth
                corrected.add(change(first, second), truth)
                counts = [(int(p.predictions.sum()), 1_620) for p in (second, first)]
                naive.add(difference(*counts), truth)
            yield f" accuracy {before:.0%} then {after:.0%}, true change {second_share - first_share:+.2f}"
            yield naive.line("classify and count")
            yield corrected.line("prediction-powered, ours")


def main(runs: int) -> None:
    """Print all of it."""
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}; seed {SEED}"
    )
    print("standard errors in brackets")
    for lines in (feedback(runs), time_audit(runs)):
        for line in lines:
            print(line, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
