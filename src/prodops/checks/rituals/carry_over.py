"""A ritual whose open items come back again and again.

What it looks for: rituals with at least eight open agenda items of which, by the interval's lower bound, a
third or more come back within three occurrences without a decision or an action in between.

Why it costs: the same people hear the same question; the decision is late by as many cadences.

When it is wrong: the item is a standing one under a topical name; the decision was taken between meetings.

What to do: name who decides each item before it returns, or take it off.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.measures.rituals import carry_over
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.agenda_items import AGENDA_ITEMS
from prodops.views.ritual_loads import RITUAL_LOADS

CODE = "RIT03"
SINK = "ritual_rot"

ITEMS_FROM = 8
SHARE_FROM = 1 / 3


def check(ledger: Ledger) -> Iterator[Finding]:
    """Rituals where a third or more of the open items come back."""
    overall = carry_over.measure(ledger)
    titles: dict[str, str] = dict(
        ledger.sql("select ritual, title from ritual_loads where big_enough", views=[RITUAL_LOADS])
    )
    for ritual, share in sorted(carry_over.each(ledger).items()):
        if (
            ritual not in titles
            or share.n < ITEMS_FROM
            or share.low is None
            or share.value is None
            or share.low < SHARE_FROM
        ):
            continue
        again = ledger.sql(_AGAIN, {"ritual": ritual}, views=[AGENDA_ITEMS])
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=ritual,
            title=f"{titles[ritual]}: {told(share)} of the open items come back within three occurrences",
            evidence=cited(
                ledger, "note_item", [(str(i), f"'{t}' stood on {n} agendas") for i, t, n in again]
            ),
            evidence_count=len(again),
            exposure=_delayed(share),
            base_rate=f"over all rituals {told(overall)} come back" if overall.known else "",
            remedy="Name who decides each item before it returns, or take it off the agenda",
        )


_AGAIN = """
with counted as (
    select title, count(distinct day) as agendas, max(item) as item
    from agenda_items
    where ritual = $ritual and topical and not decided and not acted
    group by title
    having count(distinct day) > 1
)
select item, title, agendas
from counted
order by agendas desc, title
"""


def _delayed(share: Estimate) -> Estimate:
    low, mid, high = ((bound or 0.0) * share.n for bound in (share.low, share.value, share.high))
    return Estimate(mid, low, high, share.n, "items put off", method=share.method)
