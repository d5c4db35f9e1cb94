"""Where five PMs and more say that their time goes, and where it should go: means with their intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.means import mean_of
from prodops.views.block_purposes import GROUPS
from prodops.views.stated_shares import STATED_SHARES

KINDS = ("stated", "ideal")


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    shares: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for person, leaf, *both in ledger.sql(_SHARES, views=[STATED_SHARES]):
        for kind, share in zip(KINDS, both, strict=True):
            if share is not None:
                shares[kind, leaf][person] += share
                if leaf[0] in GROUPS:
                    shares[kind, leaf[0]][person] += share
    for (kind, purpose), given in sorted(shares.items()):
        mean = mean_of(list(given.values()), unit="share")
        if mean.value is not None and mean.low is not None and mean.high is not None:
            yield kind, purpose, mean.value, max(0.0, mean.low), min(1.0, mean.high), mean.n


STATED_MEANS = View(
    name="stated_means",
    needs=(STATED_SHARES,),
    columns=(
        ("kind", "VARCHAR"), ("purpose", "VARCHAR"), ("value", "DOUBLE"), ("low", "DOUBLE"),
        ("high", "DOUBLE"), ("people", "BIGINT"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: kind (stated or ideal), purpose (a leaf, X or a group), value, low, high (Student's t, 95%),
people. Shares of working time, the mean over people. No row where fewer than five people answered."""

_SHARES = "select person, leaf, stated, ideal from stated_shares order by person, leaf"
