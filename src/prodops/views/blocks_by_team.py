"""PM time by purpose for each team that is large enough, where no smaller one follows by difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.estimate import Estimate
from prodops.views.blocks import FEWEST
from prodops.views.blocks_by_purpose import VIEWS, estimate, rows_of, scope_of


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    sizes = {str(team): int(people) for team, people in ledger.sql(_SIZES, views=VIEWS)}
    for team in told_teams(sizes):
        for row in rows_of(scope_of(ledger, team)):
            yield team, *row


BLOCKS_BY_TEAM = View(
    name="blocks_by_team",
    needs=VIEWS,
    columns=(
        ("team", "VARCHAR"), ("purpose", "VARCHAR"), ("value", "DOUBLE"), ("low", "DOUBLE"),
        ("high", "DOUBLE"), ("people", "BIGINT"), ("method", "VARCHAR"), ("because", "VARCHAR"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: team, and those of `blocks_by_purpose`. Teams of five PMs and more that `told_teams` allows."""

_SIZES = """
select b.team, count(distinct b.person)
from blocks b
join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
where b.person <> ''
group by b.team
order by b.team
"""


def told_teams(sizes: Mapping[str, int]) -> list[str]:
    """The teams that may have figures, in order of their names.

    A team needs five PMs. What is not told must not follow by taking the told teams off the whole: either
    nothing is left over, or two teams at least with five PMs together; until then the smallest told team
    is left out too. PMs without a team (an empty name) are never told by themselves.

    Args:
        sizes: PMs of each team.
    """
    told = sorted((team for team in sizes if team and sizes[team] >= FEWEST), key=lambda t: (sizes[t], t))
    left = {team: people for team, people in sizes.items() if team not in told and people > 0}
    while told and left and (len(left) < 2 or sum(left.values()) < FEWEST):
        smallest = told.pop(0)
        left[smallest] = sizes[smallest]
    return sorted(told)


def team_shares(ledger: Ledger, purpose: str) -> dict[str, Estimate]:
    """The share of one purpose for each team that may be told."""
    rows = ledger.sql(_SHARES, {"purpose": purpose}, views=[BLOCKS_BY_TEAM])
    return {str(team): estimate(row, unit="share") for team, *row in rows}


_SHARES = """
select team, value, low, high, people, method, because
from blocks_by_team
where purpose = $purpose
order by team
"""
