"""Category totals of one's own calendar, to be handed over: no titles, no times, no names."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path

from prodops import __version__
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.ledger import Ledger
from prodops.serve.whole_file import write_whole
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.block_purposes import LEAVES
from prodops.views.blocks import BLOCKS, WEEK_HOURS
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE


def totals(ledger: Ledger) -> dict[str, object]:
    """The hours of each purpose in the audited weeks, and the unknown ones, of the one person whose they are.

    Raises:
        ActionRefusedError: The workspace does not hold one person's own calendar alone.
    """
    people = [
        row[0] for row in ledger.sql("select distinct person from blocks where person <> ''", views=[BLOCKS])
    ]
    shares: dict[str, float] = dict(ledger.sql(_SHARES, views=[BLOCKS_BY_PURPOSE]))
    if len(people) != 1 or not shares:
        raise ActionRefusedError(
            f"Totals are handed over by one PM alone, and this workspace holds calendars of {len(people)}."
        )
    first_on, last_on = ledger.sql(_WINDOW, views=[AUDIT_WINDOW])[0]
    weeks = max(1, math.ceil(((last_on - first_on).days + 1) / 7))
    hours = {leaf: round(shares.get(leaf, 0.0) * weeks * WEEK_HOURS, 1) for leaf in LEAVES}
    unknown = round(max(0.0, weeks * WEEK_HOURS - sum(hours.values())), 1)
    return {
        "prodops_totals": 1,
        "program": f"prodops {__version__}",
        "person": people[0],
        "first_on": _day(first_on),
        "last_on": _day(last_on),
        "weeks": weeks,
        "hours": {**hours, "X": unknown},
    }


def write_totals(ledger: Ledger, out: Path) -> dict[str, object]:
    """Write the totals into a file and give them.

    Raises:
        ActionRefusedError: As `totals` has it.
    """
    found = totals(ledger)
    write_whole(out, (json.dumps(found, indent=2) + "\n").encode())
    return found


def _day(moment: date) -> str:
    return moment.isoformat()


_SHARES = "select purpose, value from blocks_by_purpose where value is not null"

_WINDOW = "select cast(starts_at as date), cast(ends_at as date) from audit_window"
