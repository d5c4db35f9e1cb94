"""What PMs audited alone and handed over: hours of a PM week by purpose, the mean over five PMs and more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.means import mean_of
from prodops.stats.small_groups import apart, settled
from prodops.views.block_purposes import GROUPS, LEAVES, UNKNOWN
from prodops.views.blocks import BLOCKS

UNIT = "hours a PM week"

Hours = tuple[tuple[str, float], ...]
"""Hours a week of one person by leaf."""


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    audits = handed_over(ledger)
    if not audits or not _apart(ledger, set(audits)):
        return
    for purpose in (*GROUPS, *LEAVES, UNKNOWN):
        given = [
            sum(hours for leaf, hours in audits[person] if leaf.startswith(purpose))
            for person in sorted(audits)
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
hours of a PM week), people. The newest audit of each person; they come and change five at a time. No row
where fewer than five handed over, nor where calendars are loaded too and one of the two groups has one to
four people whom the other lacks: their hours would follow from the difference."""


def handed_over(ledger: Ledger) -> dict[str, Hours]:
    """Of whom which audit counts: they come and change five at a time."""
    return settled(_audits(ledger))


def _audits(ledger: Ledger) -> list[tuple[str, Hours]]:
    """Every audit that was handed over, in the order of their last days."""
    found: dict[tuple[date, str], dict[str, float]] = defaultdict(dict)
    for person, last_on, leaf, hours in ledger.sql(_TOTALS):
        found[last_on, str(person)][leaf] = hours
    return [(person, tuple(sorted(hours.items()))) for (_, person), hours in sorted(found.items())]


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
