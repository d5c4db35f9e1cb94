"""How often a design would show an effect, by invented panels of an organisation's own noise.

A panel's estimate is linear in the outcome, so noise and a unit effect are estimated once and the power at
every size of effect follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from prodops.impact.effect import RAMP_WEEKS
from prodops.stats.panel import NEVER, Cells, Floats, Places, imputed
from prodops.stats.panel_intervals import conformal

BATCHES = 8
RUNS_A_BATCH = 50
REDRAWS = 199
SEED = 20_261_123

OWN_RHO, TEAM_RHO = 0.5, 0.7
"""Autocorrelation of what persists in a manager's weeks, and in a team's (science, background, 2.1)."""

EFFECT_SPREAD = 0.3
"""Standard deviation of the effect between managers, as a share of it."""

TEAM_SIZE = 4
FORTNIGHT = 2
SNAPSHOT_WEEKS = 2

Shown = Callable[[float], Cells]
"""From the size of a fall to the runs in which it shows, shape (runs,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """How much a manager's weekly share moves when nothing is done, in points.

    Attributes:
        week_sd: Standard deviation of one manager's weeks around their own mean, measurement included.
        autocorrelation: Correlation of neighbouring weeks.
        missing: Share of weeks in which a manager is away or unseen.
        team_sd: Standard deviation of what a team's weeks share, beside the managers' own.
        company_sd: Standard deviation of what all weeks share; matters where nobody is compared.
        readable: Share of hours whose purpose titles tell; the values above are divided by it, since a change
            of true time shows in titles as much smaller.
        weeks: Weeks it was measured on; 0 for the documented values.
        people: Managers it was measured on.
    """

    week_sd: float = 11.3
    autocorrelation: float = 0.1
    missing: float = 0.1
    team_sd: float = 2.0
    company_sd: float = 1.5
    readable: float = 1.0
    weeks: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A design on a panel.

    Attributes:
        clusters: The cluster of each manager: what is drawn; shape (managers,).
        weeks_before: Weeks before the first start.
        weeks_after: Weeks from the first start on.
        starts: The week in which each wave of clusters starts, `NEVER` for those who wait.
        noise: The noise.
    """

    clusters: Places
    weeks_before: int
    weeks_after: int
    starts: tuple[int, ...]
    noise: Noise

    @property
    def weeks(self) -> int:
        """All weeks."""
        return self.weeks_before + self.weeks_after


def by_order(plan: Plan, dice: np.random.Generator) -> Shown:
    """A drawn order, tested by drawing it again."""
    parts = []
    for _ in range(BATCHES):
        seen, names = _seen(plan, dice), _waves(plan)
        orders = np.stack([dice.permutation(names) for _ in range(REDRAWS + 1)])[:, plan.clusters]
        outcomes = _outcomes(plan, _climbing(plan, orders[0]), dice)
        parts.append(imputed(outcomes, seen, orders, ((RAMP_WEEKS, NEVER),)).effects[:, 0])
    return _redrawn(*_halves(parts))


def by_controls(plan: Plan, dice: np.random.Generator) -> Shown:
    """Comparison with those who wait, in an order nobody drew: jackknife over clusters."""
    parts = []
    for _ in range(BATCHES):
        starts = dice.permutation(_waves(plan))[plan.clusters]
        seen = _seen(plan, dice) & _left_out(plan)[:, :, None]
        outcomes = _outcomes(plan, _climbing(plan, starts), dice)
        repeated = np.broadcast_to(starts, seen.shape[:2])
        parts.append(imputed(outcomes, seen, repeated, ((RAMP_WEEKS, NEVER),)).effects[:, 0])
    return _jackknifed(*_halves(parts))


def by_switchback(plan: Plan, dice: np.random.Generator) -> Shown:
    """On and off in alternate fortnights, half of the clusters on first: drawn again which half is."""
    parts = []
    names = np.arange(len(np.unique(plan.clusters))) % 2
    since = np.arange(plan.weeks) - plan.weeks_before
    for _ in range(BATCHES):
        phases = np.stack([dice.permutation(names) for _ in range(REDRAWS + 1)])[:, plan.clusters]
        on = ((since // FORTNIGHT + phases[:, :, None]) % 2 == 0) & (since >= 0)
        cells, seen = on.astype(np.float64), _seen(plan, dice).astype(np.float64)
        left = _demeaned(cells, np.broadcast_to(seen, cells.shape))
        total = np.einsum("knt,qnt->kq", left, _outcomes(plan, cells[0], dice), optimize=True)
        parts.append(total / (left * cells).sum(axis=(1, 2))[:, None])
    return _redrawn(*_halves(parts))


def by_date(plan: Plan, dice: np.random.Generator) -> Shown:
    """Everybody on one date, against every shift in time."""
    since = np.arange(plan.weeks) - plan.weeks_before
    used = (since < 0) | (since >= RAMP_WEEKS)
    after = (since >= 0).astype(np.float64)
    highs = []
    for _ in range(BATCHES):
        seen = _seen(plan, dice)
        plain = _outcomes(plan, np.zeros_like(seen, np.float64), dice)[:RUNS_A_BATCH]
        for series in (plain * seen).sum(axis=1) / np.maximum(seen.sum(axis=0), 1):
            bounds = conformal(series[used], after[used], np.ones((int(used.sum()), 1)))
            highs.append(bounds.high if bounds else np.inf)
    found = np.array(highs)
    return lambda size: found < size


def by_snapshots(plan: Plan, dice: np.random.Generator) -> Shown:
    """Two fortnights, one before and one after, paired by manager: Student's t."""
    from scipy.special import stdtrit  # lazy: heavy

    at = np.arange(plan.weeks)
    before = (at >= plan.weeks_before - SNAPSHOT_WEEKS) & (at < plan.weeks_before)
    weights = (at >= plan.weeks - SNAPSHOT_WEEKS) / SNAPSHOT_WEEKS - before / SNAPSHOT_WEEKS
    climbing = np.broadcast_to(
        np.clip((at - plan.weeks_before + 1) / (RAMP_WEEKS + 1), 0, 1), (len(plan.clusters), plan.weeks)
    )
    changes = [_outcomes(plan, climbing, dice) @ weights for _ in range(BATCHES)]
    still = np.concatenate([part[:RUNS_A_BATCH] for part in changes])
    moved = np.concatenate([part[RUNS_A_BATCH:] for part in changes])
    people = len(plan.clusters)
    reach = float(stdtrit(people - 1, 0.975)) / np.sqrt(people)

    def shown(size: float) -> Cells:
        values = still + size * moved
        return np.asarray(np.abs(values.mean(axis=1)) > reach * values.std(axis=1, ddof=1))

    return shown


def least_shown(shown: Shown, power: float, *, most: float) -> float:
    """The smallest fall that shows in this share of the runs, by halving; infinity where `most` does not."""
    low, high = 0.0, most
    if float(shown(most).mean()) < power:
        return float("inf")
    while high - low > most / 2_000:
        middle = (low + high) / 2
        low, high = (low, middle) if float(shown(middle).mean()) >= power else (middle, high)
    return high


def _redrawn(still: Floats, moved: Floats) -> Shown:
    """The first of each against the others, which were drawn again: at most 5% lie as far from nought."""

    def shown(size: float) -> Cells:
        values = np.abs(still + size * moved)
        far = (values[1:] >= values[0] * (1 - 1e-12)).sum(axis=0)
        return np.asarray((far + 1) / (REDRAWS + 1) <= 0.05 + 1e-9)

    return shown


def _jackknifed(still: Floats, moved: Floats) -> Shown:
    """Student's t on the first of each against those with a cluster left out."""
    from scipy.special import stdtrit  # lazy: heavy

    clusters = len(still) - 1
    reach = float(stdtrit(clusters - 1, 0.975)) * np.sqrt((clusters - 1) / clusters)

    def shown(size: float) -> Cells:
        values = still + size * moved
        spread = np.sqrt(((values[1:] - values[0]) ** 2).sum(axis=0))
        return np.asarray(np.abs(values[0]) > reach * spread)

    return shown


def _halves(parts: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Estimates of the noise and of the unit effect, each (designs, runs)."""
    still = np.concatenate([part[:, :RUNS_A_BATCH] for part in parts], axis=1)
    return still, np.concatenate([part[:, RUNS_A_BATCH:] for part in parts], axis=1)


def _seen(plan: Plan, dice: np.random.Generator) -> Cells:
    return np.asarray(dice.random((len(plan.clusters), plan.weeks)) >= plan.noise.missing)


def _waves(plan: Plan) -> Places:
    """The start of each cluster before anything is drawn: waves of equal size, the later ones first."""
    count, waves = len(np.unique(plan.clusters)), len(plan.starts)
    return np.array(sorted(plan.starts[place % waves] for place in range(count)), np.intp)


def _left_out(plan: Plan) -> Cells:
    """Everybody, then all but each cluster; shape (1 + clusters, managers)."""
    names = np.unique(plan.clusters)
    return np.concatenate([np.ones((1, len(plan.clusters)), np.bool_), plan.clusters[None] != names[:, None]])


def _climbing(plan: Plan, starts: Places) -> Floats:
    return np.clip((np.arange(plan.weeks) - starts[:, None] + 1) / (RAMP_WEEKS + 1), 0.0, 1.0)


def _outcomes(plan: Plan, climbing: Floats, dice: np.random.Generator) -> Floats:
    """Runs of noise alone, then as many unit effects, unlike each other; (2 runs, managers, weeks)."""
    noise, shape = plan.noise, (RUNS_A_BATCH, len(plan.clusters), plan.weeks)
    rho = max(OWN_RHO, noise.autocorrelation)
    lasting = noise.week_sd * min(1.0, max(0.0, noise.autocorrelation) / rho) ** 0.5
    passing = max(0.0, noise.week_sd**2 - lasting**2) ** 0.5
    plain = _series(shape, rho, lasting, dice) + dice.normal(0, passing, shape)
    teams = plan.clusters if len(np.unique(plan.clusters)) < shape[1] else np.arange(shape[1]) // TEAM_SIZE
    shared = _series((shape[0], int(teams.max()) + 1, shape[2]), TEAM_RHO, noise.team_sd, dice)[:, teams]
    common = _series((shape[0], 1, shape[2]), OWN_RHO, noise.company_sd, dice)
    sizes = 1 + EFFECT_SPREAD * dice.normal(size=(*shape[:2], 1))
    return np.concatenate([plain + shared + common, -sizes * climbing])


def _series(shape: tuple[int, int, int], rho: float, spread: float, dice: np.random.Generator) -> Floats:
    """Autocorrelated series of order one with this standard deviation."""
    shocks = dice.normal(0, spread, shape)
    series = shocks.copy()
    for week in range(1, shape[2]):
        series[..., week] = rho * series[..., week - 1] + np.sqrt(1 - rho**2) * shocks[..., week]
    return series


def _demeaned(cells: Floats, weights: Floats) -> Floats:
    """What unit and week effects leave of cells that are seen, by turns; shape (designs, units, weeks)."""
    left = cells * weights
    for _ in range(40):
        left = left - weights * (left.sum(axis=2) / np.maximum(weights.sum(axis=2), 1))[:, :, None]
        left = left - weights * (left.sum(axis=1) / np.maximum(weights.sum(axis=1), 1))[:, None, :]
    return left
