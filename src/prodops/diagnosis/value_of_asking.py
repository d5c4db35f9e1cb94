"""What would decide: for each label, trial or export, how much less would be lost by choosing wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.diagnosis.sink import Unsure, Weighed
from prodops.stats.telling import number

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

BINS = 16
"""Classes of answers that asking could give, equally likely."""

SEED = 20_262

LEAST_WORTH = 0.005
"""PM hours a week below which an answer is not said to be worth anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing to find out.

    Attributes:
        sink: The sink whose hours it would settle.
        what: What is not known.
        ask: What to do, as an instruction.
        spared_hours: PM hours a week that are expected to be lost less by then choosing another sink.
        asking_hours: Hours of work that asking takes.
        says: All of it in a sentence.
    """

    sink: str
    what: str
    ask: str
    spared_hours: float
    asking_hours: float
    says: str


def asks(
    weighed: Mapping[str, Weighed], totals: Mapping[str, NDArray[float64]], titles: Mapping[str, str]
) -> list[Ask]:
    """Everything that could be found out, the most useful for an hour of asking first.

    Regret is what is lost by working on the sink that looks largest while another one is. Asking is worth
    the expected maximum of the sinks' means given the answer, less the maximum of their means now. Answers
    are the draws themselves, blurred by the noise of asking and sorted into classes.

    Source: Strong, Oakley and Brennan, Estimating multiparameter partial expected value of perfect
    information (2014), in the form of classes of one parameter.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    if not totals:
        return []
    rng = np.random.default_rng(SEED)
    means = {name: float(draws.mean()) for name, draws in totals.items()}
    now = max(means.values())
    found = []
    for name in sorted(totals):
        rival = max((mean for other, mean in means.items() if other != name), default=0.0)
        for one in weighed[name].unsure:
            blur = one.noise * float(one.draws.std()) * rng.standard_normal(len(one.draws))
            order = np.argsort(one.draws + blur, kind="stable")
            classes = np.array([part.mean() for part in np.array_split(totals[name][order], BINS)])
            spared = max(0.0, float(np.maximum(classes, rival).mean()) - now)
            found.append(_ask(name, one, spared, titles[name]))
    return sorted(found, key=lambda one: (-one.spared_hours / one.asking_hours, -means[one.sink], one.what))


def _ask(name: str, one: Unsure, spared: float, title: str) -> Ask:
    worth = (
        f"expected to spare {number(spared)} PM hours a week of working on the wrong sink"
        if spared >= LEAST_WORTH
        else "would not change which sink leads, but narrows its hours"
    )
    return Ask(
        sink=name,
        what=one.what,
        ask=one.ask,
        spared_hours=spared,
        asking_hours=one.asking_hours,
        says=f"{title.partition(':')[0]}: {one.what}. {one.ask} ({number(one.asking_hours)} hours; {worth}).",
    )
