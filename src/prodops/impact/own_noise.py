"""How much PMs' weeks move by themselves in this organisation: what the power of a design depends on."""

from __future__ import annotations

from math import sqrt

import numpy as np

from prodops.impact.pm_weeks import PmWeeks, TooFewPMsError, pm_weeks
from prodops.impact.power import Noise
from prodops.ledger.ledger import Ledger
from prodops.stats.panel import Cells, Floats
from prodops.stats.small_groups import FEWEST

FEWEST_WEEKS, LONGEST_WEEKS = 16, 104
FAR_APART = range(8, 13)
"""Weeks between two cells that no longer depend on each other, short of the next end of a quarter."""

MOST_LASTING = 0.9
LEAST_READABLE = 0.1
LEAST_SD = 0.5
"""Points: people whose weeks move by less are no people at work; their calendar was filled in by rule."""


def own_noise(ledger: Ledger) -> Noise | None:
    """The noise of the share of overhead in this organisation's own calendars; None where it is not known.

    It needs five PMs with sixteen weeks of calendars each.

    Args:
        ledger: Where the weeks are.
    """
    if not ledger.sql("select 1 from meeting limit 1"):
        return None
    try:
        weeks = pm_weeks(ledger)
    except TooFewPMsError:
        return None
    return noise_of(weeks)


def noise_of(weeks: PmWeeks) -> Noise | None:
    """The noise of a panel; None where too few pairs of weeks are left.

    The variance is that of weeks eight to twelve apart, the autocorrelation how much nearer neighbours are.
    Half the mean square of differences needs no mean of a manager, whose estimate would hide what lasts.

    Args:
        weeks: PMs by weeks. What their titles do not tell is taken to move as the rest does.

    Source: Cressie, Statistics for Spatial Data (1993), section 2.4 (Matheron's estimator).
    """
    kept = weeks.seen.sum(axis=1) >= FEWEST_WEEKS
    people = int(kept.sum())
    if people < FEWEST:
        return None
    seen = weeks.seen[kept]
    seen = seen[:, seen.any(axis=0)][:, -LONGEST_WEEKS:]
    values = weeks.values("c")[kept][:, weeks.seen[kept].any(axis=0)][:, -LONGEST_WEEKS:]
    readable = _readable(weeks)
    shares = np.where(seen, 100 * values / readable, np.nan)
    common = np.nanmean(shares, axis=0)
    own = (shares - common) * sqrt(people / (people - 1))
    far = [one for one in (_half_square(own, lag) for lag in FAR_APART) if one is not None]
    near = _half_square(own, 1)
    if not far or near is None:
        return None
    variance = float(np.mean(far))
    if variance < LEAST_SD**2:
        return None
    team = _team_variance(own, tuple(np.array(weeks.teams)[kept].tolist()))
    lasting = min(MOST_LASTING, max(0.0, 1 - near / variance))
    return Noise(
        week_sd=sqrt(max(variance - team, 0.25 * variance)), autocorrelation=lasting,
        missing=1 - float(seen.mean()), team_sd=sqrt(team),
        company_sd=_company_sd(common, variance / people), readable=readable,
        weeks=int(seen.shape[1]), people=people,
    )  # fmt: skip


def _readable(weeks: PmWeeks) -> float:
    """The share of hours whose purpose titles tell, by their chances."""
    told, unread = (sum(float(weeks.hours[name].sum()) for name in names) for names in ("abc", "x"))
    return max(LEAST_READABLE, told / (told + unread)) if told else 1.0


def _half_square(own: Floats, lag: int) -> float | None:
    """Half the mean square of differences between weeks so far apart; None without any pair."""
    if own.shape[1] <= lag:
        return None
    apart = own[:, lag:] - own[:, :-lag]
    known = np.isfinite(apart)
    return float((apart[known] ** 2).mean() / 2) if known.any() else None


def _team_variance(own: Floats, teams: tuple[str, ...]) -> float:
    """What weeks of one team share: products of two members' weeks, less those of people of two teams."""
    seen: Cells = np.isfinite(own)
    centred = np.where(seen, own - np.nanmean(own, axis=1, keepdims=True), 0.0)
    products, pairs = centred @ centred.T, (seen.astype(float) @ seen.T.astype(float))
    names = np.array(teams)
    same = (names[:, None] == names[None]) & (names != "")[:, None] & ~np.eye(len(names), dtype=np.bool_)
    other = names[:, None] != names[None]
    if not pairs[same].sum() or not pairs[other].sum():
        return 0.0
    within = float(products[same].sum() / pairs[same].sum())
    return max(0.0, within - float(products[other].sum() / pairs[other].sum()))


def _company_sd(common: Floats, sampling: float) -> float:
    """What all weeks share beyond what the mean of so many managers moves by chance."""
    return sqrt(max(0.0, float(common.var(ddof=1)) - sampling)) if len(common) > 1 else 0.0
