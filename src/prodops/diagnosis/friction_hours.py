"""Launch friction in hours: asking again for what launches wait for, as plans and calendars show it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prodops.diagnosis.avoidable import avoidable
from prodops.diagnosis.own_time import own_time
from prodops.diagnosis.sink import DRAWS, Part, Unsure, Weighed
from prodops.diagnosis.witnesses import agreed
from prodops.ledger.ledger import Ledger
from prodops.text.words import fold

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SINK = "launch_friction"

MINUTES_MEDIAN, MINUTES_SIGMA = 16.0, 0.4
"""Lognormal prior of a PM's minutes to run after one gate once: 16, between 7 and 35."""

WRITTEN = (6.0, 2.2)
"""Beta prior of the share of reminders that a plan's history has: about .73, between .44 and .94."""

WINDOW_DAYS = 364


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week.

    Two witnesses of the hours: reminders in the history of the plan x minutes, over the share of reminders
    that is ever written down; and own blocks in calendars that name a launch, over the share of own time
    that calendars show. The share of them that comes back is the avoidable share.
    """
    products = [(str(product), int(count)) for product, count in ledger.sql(_CHASES, {"days": WINDOW_DAYS})]
    launches = int(ledger.sql("select count(*) from launch")[0][0])
    if launches == 0:
        return Weighed(name=SINK, because="no launch plan is known")
    spent, asked, both = _spent(ledger, sum(count for _, count in products), rng)
    share, trial = avoidable(SINK, rng)
    chased = sum(count for _, count in products)
    parts = [
        Part(subject=product, title=product, draws=spent * share * count / chased)
        for product, count in products
    ] or [Part(subject="launches", title="launches", draws=spent * share)]
    return Weighed(
        name=SINK,
        parts=tuple(parts),
        n=chased,
        because=f"{chased:,} reminders on the way to {launches:,} launches{both}",
        spent=spent,
        unsure=(trial, asked),
    )


def _spent(ledger: Ledger, chased: int, rng: Generator) -> tuple[NDArray[float64], Unsure, str]:
    """Draws of the hours, what is not known about them, and the second witness in words."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    weeks, history = ledger.sql(_WEEKS, {"days": WINDOW_DAYS})[0]
    minutes = rng.lognormal(np.log(MINUTES_MEDIAN), MINUTES_SIGMA, DRAWS)
    written = rng.beta(*WRITTEN, DRAWS)
    reminded = rng.gamma(chased + 0.5, 1.0, DRAWS) * minutes / 60 / float(weeks or 1.0) / written
    shown = _in_calendars(ledger, rng)
    kept = agreed(reminded, shown, rng) if shown is not None and chased else np.arange(DRAWS)
    asked = Unsure(
        what="a PM's minutes to run after one gate once (prior 7 to 35)",
        ask="Time forty reminders",
        draws=minutes[kept],
        asking_hours=3.0,
        noise=0.1,
    )
    both = " and own blocks that name a launch" if shown is not None else ""
    # A history without a reminder says that there was hardly one; no history says nothing.
    return (reminded[kept] if history or shown is None else shown), asked, both


_CHASES = """
with bounds as (
    select max("on") as last_day from launch_change where "on" <= cast($today as date)
)
select coalesce(nullif(l.product, ''), 'launches') as product, count(*)
from launch_change c
join bounds b on c."on" > b.last_day - $days and c."on" <= b.last_day
left join launch l on l.id = c.launch
where c.kind = 'chased'
group by 1
order by 2 desc, 1
"""

_WEEKS = """
select greatest(1e0, (max("on") - greatest(min("on"), max("on") - $days)) / 7e0), count(*)
from launch_change
where "on" <= cast($today as date)
"""


def _in_calendars(ledger: Ledger, rng: Generator) -> NDArray[float64] | None:
    """Draws of PM hours a week under titles that name a launch; None where calendars cannot tell.

    A name keeps its number: "Reports 2.0" without it would be all work on reports. What is also the name
    of a team or of a product names no launch.
    """
    names = {_name(str(row[0])) for row in ledger.sql("select distinct name from launch where name <> ''")}
    others = {_name(str(row[0])) for row in ledger.sql(_NO_LAUNCHES)}
    names = {name for name in names - others if len(name.split()) >= 2}
    own = own_time(ledger)
    chosen = {title for title, *_, told in own.titles if any(name in told for name in names)}
    if own.shown is None or not chosen:
        return None
    return own.hours(lambda title: title in chosen, rng, DRAWS)


def _name(written: str) -> str:
    """A name as titles have it, without the counter in brackets that tells two launches apart."""
    return fold(re.sub(r"\(\d+\)", "", written)).strip()


_NO_LAUNCHES = """
select product from launch
union
select team from person
"""
