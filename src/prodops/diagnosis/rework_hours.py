"""Ungoverned AI in hours: mending what agents wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.diagnosis.avoidable import avoidable
from prodops.diagnosis.sink import DRAWS, Part, Unsure, Weighed
from prodops.ledger.ledger import Ledger

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SINK = "ungoverned_ai"

MINUTES_MEDIAN, MINUTES_SIGMA = 15.0, 0.5
"""Lognormal prior of a PM's minutes to mend one output, where no review has them: 15, between 6 and 40."""

WRITTEN = (7.0, 2.2)
"""Beta prior of the share of reviews that the table of reviews has: about .76, between .48 and .95."""

WINDOW_DAYS = 364


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week: rework, over the share of reviews that is written down.

    Outputs that nobody reviewed cost no hours here; they are exposure, on its own scale.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    agents = ledger.sql(_AGENTS, {"days": WINDOW_DAYS})
    reviews = sum(int(row[1]) for row in agents)
    if reviews == 0:
        return Weighed(name=SINK, because="no reviews of what agents wrote are known")
    weeks = max(float(row[5]) for row in agents)
    guessed = rng.lognormal(np.log(MINUTES_MEDIAN), MINUTES_SIGMA, DRAWS)
    written = rng.beta(*WRITTEN, DRAWS)
    share, trial = avoidable(SINK, rng)
    each = [_spent(row, guessed, rng) / written / weeks for row in agents]
    untimed = any(int(row[2]) > int(row[3]) for row in agents)
    mended = sum(int(row[2]) for row in agents)
    return Weighed(
        name=SINK,
        parts=tuple(
            Part(subject=str(row[0]), title=str(row[0]), draws=spent * share, touches=int(row[6]))
            for row, spent in zip(agents, each, strict=True)
        ),
        n=reviews,
        because=f"{reviews:,} reviews of what agents wrote, {mended:,} of which had to be mended",
        spent=np.asarray(np.sum(each, axis=0)),
        unsure=(
            trial,
            Unsure(
                what="how many reviews are ever written down (prior .48 to .95)",
                ask="Let three PMs note for two days every output that they mend",
                draws=written,
                asking_hours=2.0,
            ),
            *([_minutes(guessed)] if untimed else []),
        ),
    )


def _minutes(guessed: NDArray[float64]) -> Unsure:
    return Unsure(
        what="a PM's minutes to mend one output (prior 6 to 40)",
        ask="Time thirty outputs that are mended",
        draws=guessed,
        asking_hours=4.0,
        noise=0.1,
    )


def _spent(row: tuple[object, ...], guessed: NDArray[float64], rng: Generator) -> NDArray[float64]:
    """Draws of the hours one agent's outputs took to mend in the window, as far as reviews are written."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    mended, timed, minutes = (float(str(value)) for value in row[2:5])
    untimed = rng.gamma(mended - timed, 1.0, DRAWS) * guessed if mended > timed else np.zeros(DRAWS)
    known = minutes * rng.gamma(timed, 1 / timed, DRAWS) if timed else np.zeros(DRAWS)
    return np.asarray((known + untimed) / 60)


_AGENTS = """
with dated as (
    select
        coalesce(nullif(r.agent, ''), nullif(o.agent, ''), 'an agent') as agent,
        lower(r.verdict) as verdict,
        r.rework_minutes,
        coalesce(r.reviewed_at, o.written_at) as moment,
        r.reviewer
    from output_review r
    left join agent_output o on o.id = r.output
    where r.verdict <> '' or r.rework_minutes is not null
),
bounds as (
    select
        greatest(min(moment), max(moment) - to_days($days)) as since,
        greatest(1e0, (extract(epoch from max(moment))
            - extract(epoch from greatest(min(moment), max(moment) - to_days($days)))) / 604800e0) as weeks
    from dated
    where moment <= $today
)
select
    d.agent,
    count(*) as reviews,
    sum(case when d.verdict in ('corrected', 'rejected') or d.rework_minutes > 0 then 1 else 0 end) as mended,
    sum(case when d.rework_minutes > 0 then 1 else 0 end) as timed,
    sum(coalesce(d.rework_minutes, 0e0)) as minutes,
    max(b.weeks) as weeks,
    count(distinct d.reviewer) as people
from dated d
join bounds b on d.moment >= b.since and d.moment <= $today
group by d.agent
order by d.agent
"""
