"""How PM time divides among purposes: corrected for misreading, with the unknown inside the bounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.estimate import Estimate
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.block_purposes import BLOCK_PURPOSES, GROUPS, LEAVES, READINGS, UNKNOWN, confusions
from prodops.views.blocks import BLOCKS
from prodops.views.pms import PMS

WEEK_HOURS = 40.0
"""Working hours a PM week; what is not in the calendar is dark time, which is unknown and never dropped."""

FEWEST = 5
"""No figure about fewer people (rule 10), but for one person's own calendar."""

PURPOSES = (*GROUPS, UNKNOWN, *LEAVES, *(f"readable {group}" for group in GROUPS), "met")

NO_CALENDAR = "no calendar shows a PM at work"


class Cell(NamedTuple):
    """Hours of one person, week, reading and sort of block."""

    person: str
    week: date
    reading: str
    met: bool
    probability: float
    hours: float


class Piece(NamedTuple):
    """Expected hours of one title, with its reading and its likeliest leaf in each group."""

    reading: str
    best: tuple[str, str, str]
    hours: float


class Scope(NamedTuple):
    """The cells and titles of a set of people, and the days that the window covers."""

    cells: Sequence[Cell]
    pieces: Sequence[Piece]
    first_day: date
    last_day: date


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    scope = scope_of(ledger)
    people = len({cell.person for cell in scope.cells}) if scope else 0
    because = refusal(ledger, people)
    if scope is None or because:
        return [(purpose, None, None, None, people, "", because or NO_CALENDAR) for purpose in PURPOSES]
    return list(rows_of(scope, people))


BLOCKS_BY_PURPOSE = View(
    name="blocks_by_purpose",
    needs=(AUDIT_WINDOW, BLOCK_PURPOSES, BLOCKS, PMS),
    columns=(
        ("purpose", "VARCHAR"), ("value", "DOUBLE"), ("low", "DOUBLE"), ("high", "DOUBLE"),
        ("people", "BIGINT"), ("method", "VARCHAR"), ("because", "VARCHAR"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: purpose, value, low, high (95%), people (PMs behind it), method, because (why there is no value).
One row each for A, B, C, X and the leaves: shares of the working hours of PMs in the audit window, low as if
none and high as if all of the unknown were of that purpose; `readable A`, `readable B`, `readable C`: shares
of the hours whose purpose can be read; and `met`: meeting hours of a PM in a week."""


def estimate(row: Sequence[Any], *, unit: str) -> Estimate:
    """A row of `value, low, high, people, method, because` as an estimate."""
    value, low, high, people, method, because = row
    if value is None:
        return Estimate.unknown(unit, because=because, n=people)
    return Estimate(value, low, high, people, unit, method=method)


def scope_of(ledger: Ledger, people: Sequence[str] | None = None) -> Scope | None:
    """What the audit window holds of these people (of all when None); None when it holds nothing."""
    views = [BLOCKS, BLOCK_PURPOSES, AUDIT_WINDOW]
    chosen = "" if people is None else " and b.person in (select unnest($people))"
    given: dict[str, object] = {} if people is None else {"people": list(people)}
    cells = [
        Cell(str(person), _day(week), str(reading), kind == "meeting", float(sure), float(hours))
        for person, week, reading, kind, sure, hours in ledger.sql(_CELLS.format(chosen), given, views=views)
    ]
    if not cells:
        return None
    pieces = [
        Piece(str(reading), (str(a), str(b), str(c)), float(hours))
        for reading, a, b, c, hours in ledger.sql(_PIECES.format(chosen), given, views=views)
    ]
    starts_at, ends_at = ledger.sql("select starts_at, ends_at from audit_window", views=views)[0]
    return Scope(cells, pieces, _day(starts_at), _day(ends_at))


_CELLS = """
select b.person, b.week, p.reading, b.kind, b.probability, sum(b.hours)
from blocks b
join block_purposes p on p.title = b.title
join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
where b.hours > 0{}
group by b.person, b.week, p.reading, b.kind, b.probability
order by b.person, b.week, p.reading, b.kind, b.probability
"""

_PIECES = """
select min(p.reading), min(p.best_a), min(p.best_b), min(p.best_c), sum(b.hours * b.probability)
from blocks b
join block_purposes p on p.title = b.title
join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
where b.hours > 0 and p.reading <> 'X'{}
group by p.folded, p.reading
order by p.folded, p.reading
"""


def refusal(ledger: Ledger, people: int) -> str:
    """Why there may be no figure about so many people; empty when there may be one."""
    if people >= FEWEST:
        return ""
    known = dict(ledger.sql("select known_by, count(*) from pms group by known_by", views=[PMS]))
    if not known:
        return _crowd(ledger)
    if people == 0:
        return NO_CALENDAR
    if known == {"own calendar": 1}:
        return ""
    return f"fewer than five PMs ({people}) have a calendar here, and no figure is given about so few people"


def _crowd(ledger: Ledger) -> str:
    """Without known PMs: whether the largest meetings show five people at all."""
    largest = ledger.sql("select coalesce(max(invited), 0) from blocks", views=[BLOCKS])[0][0]
    if largest == 0:
        return NO_CALENDAR
    return "" if largest >= FEWEST else "nobody is known as a PM, and no meeting has five people"


def rows_of(scope: Scope, people: int) -> Iterable[tuple[object, ...]]:
    """The rows of `BLOCKS_BY_PURPOSE` for a scope that may be told."""
    from prodops.views.blocks_draws import shares  # lazy: it needs NumPy, which the command line may not

    anonymous = scope.cells[0].person == ""
    found = shares(*_arrays(scope))
    method = _method(people, anonymous=anonymous)
    for purpose in PURPOSES:
        if purpose not in found or (anonymous and purpose == "met"):
            because = "no PM is known" if anonymous else "no title says what its time was for"
            yield purpose, None, None, None, people, "", because
        else:
            yield purpose, *found[purpose], people, method, ""


def _method(people: int, *, anonymous: bool) -> str:
    whose = ""
    if anonymous:
        whose = "no PM is known: hours of everybody invited; "
    elif people == 1:
        whose = "one person's own calendar, for that person alone; "
    return whose + (
        "titles read by a classifier, corrected for its misreadings; interval over PMs, weeks, misreadings and "
        "attendance, from none to all of the unknown; without labels: a range, grade D"
    )


def _arrays(scope: Scope) -> tuple[Any, Any, Any]:
    """The scope as arrays: what was spent, the titles, the confusions."""
    import numpy as np  # lazy: 100 ms that `prodops --help` must not pay

    from prodops.views.blocks_draws import Confusions, Spent, Titles  # lazy: as above

    persons = {person: i for i, person in enumerate(sorted({cell.person for cell in scope.cells}))}
    weeks = {week: i for i, week in enumerate(sorted({cell.week for cell in scope.cells}))}
    sorts = {sort: i for i, sort in enumerate(sorted({(cell.met, cell.probability) for cell in scope.cells}))}
    places = {name: i for i, name in enumerate((*READINGS, UNKNOWN))}
    hours = np.zeros((len(persons), len(weeks), len(places), len(sorts)))
    for cell in scope.cells:
        sort = sorts[cell.met, cell.probability]
        hours[persons[cell.person], weeks[cell.week], places[cell.reading], sort] += cell.hours
    sure = np.array([probability for _, probability in sorts])
    present = hours.sum(axis=(2, 3)) > 0
    capacity = np.array([WEEK_HOURS * _covered(week, scope) for week in weeks])
    known = 0.0 if "" in persons else 1.0
    dark = known * np.maximum(capacity - (hours @ sure).sum(axis=2), 0) * present
    told = confusions()
    names = tuple(tuple(leaf for leaf in LEAVES if leaf[0] == group) for group in GROUPS)
    spent = Spent(
        hours=hours, sure=sure, met=np.array([met for met, _ in sorts]), dark_hours=dark, present=present
    )
    best = [[names[g].index(leaf) for g, leaf in enumerate(piece.best)] for piece in scope.pieces]
    titles = Titles(
        hours=np.array([piece.hours for piece in scope.pieces]),
        reading=np.array([places[piece.reading] for piece in scope.pieces], dtype=np.int64),
        best=np.array(best, dtype=np.int64).reshape(-1, len(GROUPS)),
    )
    confused = Confusions(
        groups=np.array([told["groups"][group] for group in (*GROUPS, UNKNOWN)]),
        leaves=tuple(np.array([told[g][leaf] for leaf in names[i]]) for i, g in enumerate(GROUPS)),
        names=names,
    )
    return spent, titles, confused


def _covered(week: date, scope: Scope) -> float:
    """The share of a week's five working days that lies in the audit window, at least one day."""
    days = [week + timedelta(days=place) for place in range(5)]
    return max(sum(scope.first_day <= day <= scope.last_day for day in days), 1) / 5


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
