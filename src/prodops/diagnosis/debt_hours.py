"""Data debt in hours: numbers checked again by hand, and meetings about numbers that contradict others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from prodops.diagnosis.avoidable import avoidable
from prodops.diagnosis.own_time import WINDOW_DAYS, OwnTime, own_time
from prodops.diagnosis.pieces import above_usual
from prodops.diagnosis.sink import DRAWS, Part, Unsure, Weighed
from prodops.diagnosis.trust_model import excess_rechecks
from prodops.diagnosis.witnesses import agreed
from prodops.ledger.ledger import Ledger
from prodops.text.words import normal_title
from prodops.views.blocks import BLOCKS
from prodops.views.metric_years import METRIC_YEARS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SINK = "data_debt"

MINUTES_MEDIAN, MINUTES_SIGMA = 20.0, 0.5
"""Lognormal prior of the minutes of one re-check, where none is recorded: 20, between 8 and 53."""

LOGGED = (2.6, 1.6)
"""Beta prior of the share of uses that a log of dashboards holds: about .6, between .18 and .96. What is seen
in a sheet, a deck or somebody else's account is in no log; own blocks that name a metric tell how much."""

CHECKS = (8.0, 1.6)
"""Beta prior of the share of own blocks named after one metric in which its number is checked: about .83."""

SHOWN_LARGEST = 40
"""Metrics that are parts of their own; the others are one part together."""

ABOUT_NUMBERS = re.compile(
    r"\b(which|whose|right|wrong|correct|two (numbers|versions|figures)|disagree|differ|mismatch|match"
    r"|conflict|contradict|discrepan|inconsisten|reconcil|disput|doubt|clash|off by|add up|versus|vs"
    r"|agree|disparit|diverg|deviat|variance between|gap between|drift(s|ed|ing)? apart|apart|not the same"
    r"|(two|three|different|several|conflicting) (definitions|sources|values|results|answers|truths)"
    r"|(is|are|looks?|seems?) (off|odd|broken|suspicious|implausible)|true|truth|trust|real number"
    r"|(double|cross|sanity) check|tie out|tally|tallies|settle|sort out|clear up)"
)
"""Words by which a meeting about a metric says that its number is in dispute."""

DISPUTED, PERHAPS_DISPUTED = (12.0, 1.5), (0.7, 2.5)
"""Beta priors of the share of such meetings, and of other single meetings named after a metric, that a
trusted number would have spared."""

FROM_TITLES = (2.0, 2.0)
"""Beta prior of the avoidable share of own blocks named after a metric, where no log tells."""

OWN_DOUBT = 0.2
"""Spread, on the scale of logarithms, by which short checks may stand in calendars more or less often than
other work of one's own."""

LONGEST_NAME = 7
"""Words of the longest metric name that is looked for in a title."""


class _Metric(NamedTuple):
    reads: str
    views: int
    rechecks: int
    minutes: float
    timed: int
    minutes_squared: float
    people: int
    weeks: float


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week: re-checks that trusted metrics would not need, and disputes."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    metrics = [_Metric(*row) for row in ledger.sql(_SQL, views=[METRIC_YEARS])]
    rechecks = sum(one.rechecks for one in metrics)
    disputes, named = _disputes(ledger, rng)
    shown = _on_one_metric(ledger, rng)
    titled = _titled(shown, rng) if rechecks == 0 else None
    if rechecks == 0 and disputes is None and titled is None:
        return Weighed(name=SINK, because="no record says how often a number is checked again by hand")
    back, trial = avoidable(SINK, rng)
    parts, spent, unsure = _checked(metrics, shown, rng) if rechecks else ([], np.zeros(DRAWS), [])
    for one in (disputes, titled):
        if one is not None:
            parts.append(one)
            spent = spent + one.draws
    uses = sum(one.views for one in metrics)
    log = (
        f"{uses:,} dated uses of {len(metrics):,} metrics, {rechecks:,} re-checks by hand" if metrics else ""
    )
    log += " and own blocks that name a metric" if rechecks and shown is not None else ""
    met = f"{named:,} single meetings named after a metric" if named else ""
    return Weighed(
        name=SINK,
        parts=tuple(replace(part, draws=part.draws * back) for part in parts),
        n=uses + named,
        because="; ".join(one for one in (log, met) if one) or "own blocks named after metrics",
        spent=spent,
        unsure=(trial, *unsure),
    )


_SQL = """
select reads, views, rechecks, minutes, timed, minutes_squared, people, weeks
from metric_years
order by reads
"""


def _checked(
    metrics: list[_Metric], shown: NDArray[float64] | None, rng: Generator
) -> tuple[list[Part], NDArray[float64], list[Unsure]]:
    """Parts for re-checks, all hours that re-checks take, and what is not known about them."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    rechecks = np.array([one.rechecks for one in metrics], dtype=float)
    uses = np.maximum(np.array([one.views for one in metrics], dtype=float), rechecks)
    excess = excess_rechecks(rechecks, uses, rng, DRAWS)
    each_hours, unsure = _each_hours(metrics, shown, rng)
    order = np.argsort(-excess.mean(axis=0), kind="stable")
    order = order[rechecks[order] > 0]
    parts = [
        Part(
            subject=metrics[place].reads,
            title=metrics[place].reads,
            draws=excess[:, place] * each_hours,
            touches=metrics[place].people,
        )
        for place in order[:SHOWN_LARGEST]
    ]
    rest = order[SHOWN_LARGEST:]
    if len(rest):
        title = f"{len(rest)} other metrics"
        parts.append(Part(subject=title, title=title, draws=excess[:, rest].sum(axis=1) * each_hours))
    return parts, rng.poisson(rechecks.sum(), DRAWS) * each_hours, unsure


def _each_hours(
    metrics: list[_Metric], shown: NDArray[float64] | None, rng: Generator
) -> tuple[NDArray[float64], list[Unsure]]:
    """Draws of the PM hours a week that stand behind each re-check in the log.

    Two witnesses of their sum: re-checks in the log x minutes, over the share of uses that a log holds; and
    own blocks in calendars that name a metric, over the share of own time that calendars show.
    """
    minutes, timing = _minutes(metrics, rng)
    logged = rng.beta(*LOGGED, DRAWS)
    each_hours = minutes / 60 / logged / max(one.weeks for one in metrics)
    if shown is not None:
        in_log = sum(one.rechecks for one in metrics) * each_hours
        kept = agreed(in_log, shown * rng.beta(*CHECKS, DRAWS), rng, doubt=OWN_DOUBT)
        each_hours, logged = each_hours[kept], logged[kept]
        timing = [replace(one, draws=one.draws[kept]) for one in timing]
    held = Unsure(
        what="how many uses of metrics the log of dashboards holds (prior .18 to .96)",
        ask="Let three PMs write down for two days which numbers they looked at and checked",
        draws=logged,
        asking_hours=2.0,
    )
    return each_hours, [*timing, held]


def _minutes(metrics: list[_Metric], rng: Generator) -> tuple[NDArray[float64], list[Unsure]]:
    """Draws of the mean minutes of a re-check: as logged, or from the prior."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    timed = sum(one.timed for one in metrics)
    if timed:
        mean = sum(one.minutes for one in metrics) / timed
        spread = max(sum(one.minutes_squared for one in metrics) / timed - mean**2, (0.3 * mean) ** 2)
        return np.maximum(rng.normal(mean, (spread / timed) ** 0.5, DRAWS), 0.1 * mean), []
    drawn = rng.lognormal(np.log(MINUTES_MEDIAN), MINUTES_SIGMA, DRAWS) * above_usual(rng)
    asked = Unsure(
        what="the mean minutes of a re-check (prior 9 to 65)",
        ask="Time thirty re-checks",
        draws=drawn,
        asking_hours=4.0,
        noise=0.1,
    )
    return drawn, [asked]


def _disputes(ledger: Ledger, rng: Generator) -> tuple[Part | None, int]:
    """PM hours in single meetings that are named after a metric, and how many such meetings there are."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    rows = ledger.sql(_MEETINGS, views=[BLOCKS])
    names = _names(ledger)
    beside = ((_beside_name(str(title), names), row) for title, *row in rows)
    about = [(words, *row) for words, row in beside if words is not None]
    if not about:
        return None, 0
    draws = np.zeros(DRAWS)
    for says_so, prior in ((True, DISPUTED), (False, PERHAPS_DISPUTED)):
        chosen = [row for row in about if bool(ABOUT_NUMBERS.search(row[0])) == says_so]
        hours, meetings = sum(float(row[1]) for row in chosen), sum(int(row[2]) for row in chosen)
        if meetings:
            draws += hours * rng.gamma(meetings, 1 / meetings, DRAWS) * rng.beta(*prior, DRAWS)
    title = "meetings about numbers that disagree"
    people = max(int(row[3]) for row in about)
    return Part(subject=title, title=title, draws=draws, touches=people), sum(int(row[2]) for row in about)


_MEETINGS = f"""
with bounds as (
    select
        max(starts_at) - interval '{WINDOW_DAYS}' day as since,
        greatest(1e0, (extract(epoch from max(starts_at))
            - extract(epoch from greatest(min(starts_at), max(starts_at) - interval '{WINDOW_DAYS}' day)))
            / 604800e0) as weeks
    from blocks
)
select b.title, sum(b.hours * b.probability) / max(w.weeks), count(distinct b.meeting),
    count(distinct b.person)
from blocks b
join bounds w on b.starts_at >= w.since
where b.person <> '' and b.kind = 'meeting' and b.series is null
group by b.title
order by b.title
"""  # noqa: S608 (only our own number is filled in)


def _on_one_metric(ledger: Ledger, rng: Generator) -> NDArray[float64] | None:
    """Draws of PM hours alone under titles that name a metric; None where calendars cannot tell."""
    names = _names(ledger)
    own: OwnTime = own_time(ledger)
    chosen = {title for title, *_ in own.titles if _names_one(title, names)}
    if own.shown is None or not chosen:
        return None
    return own.hours(lambda title: title in chosen, rng, DRAWS)


def _titled(shown: NDArray[float64] | None, rng: Generator) -> Part | None:
    """What of the hours under titles that name a metric is a check, where no log of uses is known."""
    if shown is None:
        return None
    title = "work on single numbers, as calendars name it"
    return Part(subject=title, title=title, draws=shown * rng.beta(*FROM_TITLES, DRAWS))


def _names(ledger: Ledger) -> frozenset[tuple[str, ...]]:
    """Names of metrics as words, those of two words and more."""
    rows: Iterable[tuple[str, ...]] = ledger.sql(_NAMES)
    words = (tuple(normal_title(str(row[0]).replace("_", " ")).split()) for row in rows)
    return frozenset(one for one in words if 2 <= len(one) <= LONGEST_NAME)


_NAMES = """
select name from metric_definition
union
select title from metric_definition
union
select reads from metric_use
"""


def _names_one(title: str, names: frozenset[tuple[str, ...]]) -> bool:
    """Whether a title holds the name of a metric."""
    return _beside_name(title, names) is not None


def _beside_name(title: str, names: frozenset[tuple[str, ...]]) -> str | None:
    """The words of a title beside the longest metric name in it; None where it holds none.

    A "dispute rate" is not in dispute for its name.
    """
    words = tuple(re.findall(r"[^\W_]+", normal_title(title.replace("_", " "))))
    return next(
        (
            " ".join(words[:start] + words[start + length :])
            for length in range(LONGEST_NAME, 1, -1)
            for start in range(len(words) - length + 1)
            if words[start : start + length] in names
        ),
        None,
    )
