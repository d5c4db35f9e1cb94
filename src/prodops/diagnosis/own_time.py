"""PMs' work on their own: how much of it stands in calendars, and under which titles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.ledger.ledger import Ledger
from prodops.text.words import fold, normal_title
from prodops.views.block_purposes import BLOCK_PURPOSES
from prodops.views.blocks import BLOCKS
from prodops.views.pms import PMS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

WEEK_HOURS = 40.0
WINDOW_DAYS = 364

FEWEST_HOURS = 0.4
"""Own hours in calendars a PM week below which nothing is inferred from them."""

SHOWN_MORE, SHOWN_SIGMA = 1.0, 0.15
"""How much more of short pieces of work stands in calendars than the ratio of hours says: weeks are shorter
than 40 hours (holidays), which is more, and some own blocks are holds that no work fills, which is less; the
two about cancel out, and the ratio is known to about 15%."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTime:
    """Own blocks of the last year, by title.

    Attributes:
        weeks: Weeks of the window.
        pms: PMs.
        titles: Title without its numbers, own hours a week over all PMs, blocks in the window, folded title
            with its numbers.
        shown: Share of own working time that stands in calendars; None where too little does.
    """

    weeks: float
    pms: int
    titles: tuple[tuple[str, float, int, str], ...]
    shown: float | None

    def hours(self, chosen: Callable[[str], bool], rng: Generator, draws: int) -> NDArray[float64]:
        """Draws of hours a week under the chosen titles, scaled up for what calendars do not show.

        The count of blocks is Poisson with a weak prior; zero blocks leave little more than zero.
        """
        import numpy as np  # lazy: the command line's first screen must not pay for it

        if self.shown is None:
            return np.zeros(draws)
        found = [(hours, blocks) for title, hours, blocks, _ in self.titles if chosen(title)]
        hours, blocks = sum(hours for hours, _ in found), sum(blocks for _, blocks in found)
        if blocks == 0:
            return np.zeros(draws)
        return np.asarray(hours * rng.gamma(blocks, 1 / blocks, draws) / self.shown_draws(rng, draws))

    def shown_draws(self, rng: Generator, draws: int) -> NDArray[float64]:
        """Draws of the share of own working time that stands in calendars."""
        import numpy as np  # lazy: the command line's first screen must not pay for it

        centre = np.log(SHOWN_MORE * (self.shown or 1.0))
        return np.asarray(np.clip(rng.lognormal(centre, SHOWN_SIGMA, draws), 0.02, 1.0))


def own_time(ledger: Ledger) -> OwnTime:
    """Own blocks of the PMs in the last year of their calendars."""
    pms = int(ledger.sql("select count(*) from pms", views=[PMS])[0][0])
    rows = ledger.sql(_SQL, views=[BLOCKS, BLOCK_PURPOSES])
    weeks = float(rows[0][5]) if rows else 1.0
    met = sum(float(hours) for _, kind, hours, *_ in rows if kind == "meeting") / weeks
    own = [row for row in rows if row[1] == "own"]
    telling = sum(float(row[2]) for row in own if row[4] != "X") / weeks
    alone = max(WEEK_HOURS * pms - met, 0.0)
    shown = min(0.9, telling / alone) if pms and alone and telling >= FEWEST_HOURS * pms else None
    titles = tuple(
        (normal_title(title), float(hours) / weeks, int(blocks), fold(title))
        for title, _, hours, blocks, *_ in own
    )
    return OwnTime(weeks=weeks, pms=pms, titles=titles, shown=shown)


_SQL = f"""
with bounds as (
    select
        max(starts_at) - interval '{WINDOW_DAYS}' day as since,
        greatest(1e0, (extract(epoch from max(starts_at))
            - extract(epoch from greatest(min(starts_at), max(starts_at) - interval '{WINDOW_DAYS}' day)))
            / 604800e0) as weeks
    from blocks
)
select b.title, b.kind, sum(b.hours * case when b.kind = 'own' then 1e0 else b.probability end) as hours,
    count(*) as blocks, p.reading, max(w.weeks)
from blocks b
join block_purposes p on p.title = b.title
join bounds w on b.starts_at >= w.since
where b.person <> ''
group by b.title, b.kind, p.reading
order by b.title, b.kind
"""  # noqa: S608 (only our own number is filled in)
