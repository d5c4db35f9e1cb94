"""PM hours a week by leaf of the taxonomy, on the best evidence that there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.views.block_purposes import GROUPS, LEAVES, UNKNOWN
from prodops.views.blocks import WEEK_HOURS
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE
from prodops.views.pms import PMS
from prodops.views.shared_hours import SHARED_HOURS
from prodops.views.stated_means import STATED_MEANS

MISREPORT = 1.4
"""By which factor people may misstate their time, all in one direction: strategy is over-reported and
administration blurred. A judgement, not a measurement; calendars and labels bound what it allows."""


ROUNDED = 0.01
"""Shares this small are said to be nought, and nought may be as much."""


class Bounded(NamedTuple):
    """A share of PM working time: its value, its 95% bounds, and what it rests on."""

    value: float
    low: float
    high: float
    people: int
    method: str


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    pms = int(ledger.sql("select count(*) from pms", views=[PMS])[0][0])
    observed, because = _observed(ledger)
    observed = observed or _handed_over(ledger)
    stated = _stated(ledger)
    for leaf in (*LEAVES, *GROUPS):
        share = combined(observed.get(leaf), stated.get(leaf))
        if share is None or pms == 0:
            yield leaf, None, None, None, 0, "", because or "no PM is known: load a roster or calendars"
        else:
            hours = pms * WEEK_HOURS
            yield (
                leaf,
                share.value * hours,
                share.low * hours,
                share.high * hours,
                share.people,
                share.method,
                "",
            )


HOURS_BY_LEAF = View(
    name="hours_by_leaf",
    needs=(BLOCKS_BY_PURPOSE, PMS, SHARED_HOURS, STATED_MEANS),
    columns=(
        ("leaf", "VARCHAR"), ("value", "DOUBLE"), ("low", "DOUBLE"), ("high", "DOUBLE"), ("people", "BIGINT"),
        ("method", "VARCHAR"), ("because", "VARCHAR"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: leaf (or a group: A, B, C), value, low, high (95%, hours a week of all PMs together, 40 working
hours each), people (behind it), method, because (why there is no value). What calendars show bounds it: low
as if none and high as if all of the unknown were of that leaf. Interviews of five PMs and more narrow the
unknown part, as far as people can be trusted to state their time; where they contradict the calendars, the
calendars hold. Without calendars, totals that PMs audited alone and handed over stand in their place."""


def combined(observed: Bounded | None, stated: Bounded | None) -> Bounded | None:
    """What both kinds of evidence allow; the observed bounds are never left.

    Args:
        observed: What calendars (and labels) bound.
        stated: What interviews say, misreporting included.
    """
    if observed is None or stated is None:
        return observed or stated
    low, high = max(observed.low, stated.low), min(observed.high, stated.high)
    if low > high:
        nearest = observed.low if stated.high < observed.low else observed.high
        told = f"{observed.method}; interviews contradict it and do not count"
        return Bounded(nearest, observed.low, observed.high, observed.people, told)
    value = min(max(stated.value, low), high)
    return Bounded(value, low, high, observed.people, f"{observed.method}; inside it {stated.method}")


def _observed(ledger: Ledger) -> tuple[dict[str, Bounded], str]:
    rows = ledger.sql(_OBSERVED, views=[BLOCKS_BY_PURPOSE])
    found = {row[0]: Bounded(*row[1:6]) for row in rows if row[1] is not None}
    return found, next((str(row[6]) for row in rows if row[1] is None), "")


_OBSERVED = (
    "select purpose, value, low, high, people, method, because from blocks_by_purpose order by purpose"
)


def _handed_over(ledger: Ledger) -> dict[str, Bounded]:
    """Shares of what PMs audited alone, where no calendar is loaded; the unknown may be of any leaf."""
    rows = {row[0]: row[1:] for row in ledger.sql(_HANDED_OVER, views=[SHARED_HOURS])}
    whole = sum(rows[group][0] for group in (*GROUPS, UNKNOWN)) if rows else 0.0
    if whole <= 0:
        return {}
    unread = rows[UNKNOWN][2]
    return {
        purpose: Bounded(
            value / whole, low / whole, min(1.0, (high + unread) / whole), people,
            f"totals that {people} PMs audited alone, from none to all of the unknown",
        )
        for purpose, (value, low, high, people) in rows.items()
        if purpose != UNKNOWN
    }  # fmt: skip


_HANDED_OVER = "select purpose, value, low, high, people from shared_hours"


def _stated(ledger: Ledger) -> dict[str, Bounded]:
    """Means over the people interviewed, with their spread and the misreporting that they may share."""
    found = {}
    for purpose, value, low, high, people in ledger.sql(_STATED, views=[STATED_MEANS]):
        method = f"what {people} PMs stated, misstated by a factor of {MISREPORT:g} at most"
        least, most = max(0.0, low / MISREPORT - ROUNDED), min(1.0, high * MISREPORT + ROUNDED)
        found[purpose] = Bounded(value, least, most, people, method)
    return found


_STATED = (
    "select purpose, value, low, high, people from stated_means where kind = 'stated' and purpose <> 'X'"
)
