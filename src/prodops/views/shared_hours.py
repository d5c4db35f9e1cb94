"""What PMs audited alone and handed over: hours of a PM week by purpose, the mean over five PMs and more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.means import mean_of
from prodops.stats.small_groups import apart, in_fives
from prodops.views.block_purposes import GROUPS, LEAVES, UNKNOWN
from prodops.views.blocks import BLOCKS

UNIT = "hours a PM week"

Audits = dict[str, tuple[date, dict[str, float]]]
"""For each person the last audited day, and hours a week by leaf."""


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    audits = _newest(ledger)
    people = in_fives(sorted(audits, key=lambda person: (audits[person][0], person)))
    if not people or not _apart(ledger, set(people)):
        return
    for purpose in (*GROUPS, *LEAVES, UNKNOWN):
        given = [
            sum(hours for leaf, hours in audits[person][1].items() if leaf.startswith(purpose))
            for person in people
        ]
        mean = mean_of(given, unit=UNIT)
        if mean.value is not None and mean.low is not None and mean.high is not None:
            yield purpose, mean.value, max(0.0, mean.low), mean.high, mean.n


SHARED_HOURS = View(
    name="shared_hours",
    columns=(
        ("purpose", "VARCHAR"), ("value", "DOUBLE"), ("low", "DOUBLE"), ("high", "DOUBLE"),
        ("people", "BIGINT"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: purpose (a group, a leaf or X for what could not be read), value, low, high (Student's t, 95%;
hours of a PM week), people. The newest audit of each person; people enter five at a time. No row where
fewer than five handed over, nor where calendars are loaded too and one of the two groups has one to four
people whom the other lacks: their hours would follow from the difference."""


def _newest(ledger: Ledger) -> Audits:
    found: dict[str, dict[date, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for person, last_on, leaf, hours in ledger.sql(_TOTALS):
        found[person][last_on][leaf] = hours
    return {person: max(audits.items()) for person, audits in found.items()}


_TOTALS = """
select person, last_on, leaf, hours / weeks
from shared_total
where last_on <= cast($today as date) and weeks > 0
order by person, last_on, first_on, leaf
"""


def _apart(ledger: Ledger, shared: set[str]) -> bool:
    """Whether those who handed over and those with calendars are the same, or differ by five and more."""
    rows = ledger.sql("select distinct person from blocks where person <> ''", views=[BLOCKS])
    loaded = {str(person) for (person,) in rows}
    return not loaded or apart(loaded, shared)
