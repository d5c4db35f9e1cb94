"""PM time by purpose for each team that is large enough, where no smaller one follows by difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import tellable
from prodops.views.blocks_by_purpose import VIEWS, estimate, rows_of, scope_of

NO_TEAM = ""
FAMILY = "teams"


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    sizes = {str(team): int(people) for team, people in ledger.sql(_SIZES, views=VIEWS)}
    known = None if ledger.told is None else ledger.told.groups.get(FAMILY, frozenset())
    for team in told_teams(sizes) if known is None else sorted(known & sizes.keys()):
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

    A team needs five PMs, and what is not told must not follow by taking the told teams off the whole.
    PMs without a team (an empty name) are never told by themselves.

    Args:
        sizes: PMs of each team.
    """
    members = {team: [f"{team} {number}" for number in range(people)] for team, people in sizes.items()}
    return sorted(team for team in tellable(members, never={NO_TEAM}) if sizes[team])


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
