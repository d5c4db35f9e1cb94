"""The time audit as a second witness: what a sink takes must fit into the hours of its leaf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from prodops.diagnosis.particles import resampled
from prodops.diagnosis.sink import DRAWS, Weighed
from prodops.ledger.ledger import Ledger
from prodops.measures.time import leaf_hours
from prodops.views.stated_means import STATED_MEANS

if TYPE_CHECKING:
    from numpy.random import Generator

LEAF_OF = {
    "feedback_black_hole": "C4",
    "data_debt": "C3",
    "launch_friction": "C5",
    "tool_overlap": "C2",
    "ungoverned_ai": "C7",
}
"""Where in the taxonomy each sink's time lies. Rot lies in the leaves of its rituals, so it has none."""

USUAL = {"C2": 0.025, "C3": 0.035, "C4": 0.03, "C5": 0.028, "C7": 0.012}
USUAL_SIGMA = 0.45
"""Lognormal prior of the share of PM time in each leaf that belongs to no sink: medians, between 0.4 and 2.4
times of them. Together with C1 and C6 they make the 20-35% that audits of overhead find."""

UNDERSTATED = 1.12
"""By which factor overhead is larger than people say: strategy is over-reported, administration blurred."""

HALO_SIGMA, AUDIT_SIGMA = 0.35, 0.2
"""How far stated and how far audited hours of a leaf may be off, on the scale of logarithms, beyond their
own bounds: a loud survey moves a sink by a third and not by more, and its own records outweigh that."""

STATED = "stated"
"""What the audit says of its method where interviews stand behind it."""

FEWEST_STATED = 3
"""PMs interviewed below which nothing is conditioned on what they state."""

LEAST_HOURS = 0.02
FLOOR = 1e-3
"""Weight that every draw keeps, so that an audit that contradicts the records does not rule."""


class Leaf(NamedTuple):
    """What is known of the hours of one leaf: the middle and the spread of its logarithm."""

    middle: float
    spread: float


def leaves(ledger: Ledger, pm_hours: float) -> dict[str, Leaf]:
    """Hours a week of the leaves that sinks lie in, from the narrower of two kinds of evidence.

    The audit's bounds hold whatever stands in no calendar; what PMs state of their time is narrower, and
    has the doubt that no survey is without.
    """
    found = {
        leaf: _leaf(one.value, one.low, one.high, HALO_SIGMA if STATED in one.method else AUDIT_SIGMA)
        for leaf, one in leaf_hours.each(ledger).items()
        if leaf in USUAL and one.value and one.low is not None and one.high is not None
    }
    for leaf, value, low, high, people in ledger.sql(_STATED, views=[STATED_MEANS]):
        if leaf in USUAL and people >= FEWEST_STATED and value:
            hours = pm_hours * UNDERSTATED
            stated = _leaf(value * hours, low * hours, high * hours, HALO_SIGMA)
            found[leaf] = min(found.get(leaf, stated), stated, key=lambda one: one.spread)
    return found


_STATED = "select purpose, value, low, high, people from stated_means where kind = 'stated'"


def _leaf(value: float, low: float, high: float, doubt: float) -> Leaf:
    """The middle and the spread of the logarithm of hours with these 95% bounds, and the doubt added."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    middle = max(value, LEAST_HOURS)
    least = max(min(low, middle), middle / 8)
    most = max(high, middle)
    return Leaf(float(np.log(middle)), float(np.hypot(np.log(most / least) / 3.92, doubt)))


def conditioned(
    weighed: Mapping[str, Weighed], known: Mapping[str, Leaf], *, pm_hours: float, rng: Generator
) -> dict[str, Weighed]:
    """Each sink with its draws kept as far as usual hours of the leaf and its own hours add up to the leaf.

    The usual hours are drawn from a wide prior; weights are lognormal around what the audit says.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    told = {}
    for name, one in weighed.items():
        leaf = LEAF_OF.get(name, "")
        if one.spent is None or leaf not in known or pm_hours <= 0:
            told[name] = one
            continue
        usual = pm_hours * USUAL[leaf] * np.exp(USUAL_SIGMA * rng.standard_normal(DRAWS))
        away = (np.log(usual + one.spent) - known[leaf].middle) / known[leaf].spread
        weights = np.exp(-0.5 * away**2) + FLOOR
        told[name] = one.at(resampled(weights / weights.sum(), rng))
    return told
