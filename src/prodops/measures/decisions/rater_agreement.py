"""How far two raters of the same decision agree: Krippendorff's alpha over its six scores.

Interval metric, since scores are graded; 1 is full agreement, 0 is chance; below 0.67 the scores say little.
Of each decision the first two raters count; the interval is a jackknife over decisions. Needs 10 decisions
with two raters.
"""

from __future__ import annotations

from collections import defaultdict

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.agreement import UNIT, krippendorff
from prodops.stats.estimate import Estimate
from prodops.views.decisions import DECISIONS

FEWEST = 10


def measure(ledger: Ledger) -> Estimate:
    """The agreement over all decisions that two people scored."""
    scores: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for decision, *elements in ledger.sql(beside(__file__), views=[DECISIONS]):
        scores[str(decision)].append(tuple(float(one) for one in elements))
    twice = [tuple(zip(*both[:2], strict=True)) for both in scores.values() if len(both) > 1]
    if len(twice) < FEWEST:
        because = f"{len(twice)} of the {FEWEST} decisions needed were scored by two"
        return Estimate.unknown(UNIT, because=because, n=len(twice))
    return krippendorff(twice)
