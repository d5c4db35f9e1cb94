"""The ledger that several people read: of people's time it tells what follows from no two looks.

From the first account on somebody else reads than whoever loads. From then on every face reads this ledger:
pages, their JSON, programs, the terminal, reports and the search. What people's rows say is renewed when five
people have what no earlier answer held (`small_groups.renewed`); until then it is told as it was told last.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import read_moment, stored_moment
from prodops.ledger.state_tables import state_tables
from prodops.ledger.told import Told
from prodops.serve.told_parts import (
    BEFORE,
    BESIDE,
    IDEAL,
    LABELS,
    METRICS,
    RITUALS,
    SHARED,
    STATED,
    TEAMS,
    Groups,
    told_parts,
)
from prodops.stats.small_groups import Renewal, about_persons, renewed, sum_of
from prodops.views.blocks_by_team import NO_TEAM

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from prodops.ledger.ledger import Ledger
    from prodops.ledger.state import State
    from prodops.ledger.store import Store

CALENDARS, SAMPLES, INTERVIEWS, TOTALS, USES = "calendars", "labels", "interviews", "totals", "uses"

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    CALENDARS: (
        "person", "series", "meeting", "invitee", "attendance", "note", "note_item", "outcome",
        "ritual_listing", "time_entry",
    ),
    SAMPLES: (),
    INTERVIEWS: ("interview_answer",),
    TOTALS: ("shared_total",),
    USES: ("metric_use",),
}  # fmt: skip
"""What is renewed together: rows that figures are made of jointly."""

WORDS: Final = {
    CALENDARS: "calendars with minutes and roster",
    SAMPLES: "labels",
    INTERVIEWS: "interviews",
    TOTALS: "totals that were handed over",
    USES: "uses of metrics",
}

JUDGED = "told"
"""The name of the fact up to where it was judged what may be told."""

HARMLESS = "told_harmless"
"""The name of the fact which times of forgetting took nobody out of what was told."""

ATTEMPTS = 20

MARKS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """One time that rows were told.

    Attributes:
        family: Which; a key of `TABLES`.
        seq: Up to which revision.
        moment: What counted as now.
        groups: By family of figures, the groups told beside their whole.
    """

    family: str
    seq: int
    moment: datetime
    groups: dict[str, list[str]]


def shown_ledger(store: Store, *, today: datetime, as_of: datetime | None = None) -> Ledger:
    """The ledger that is shown: the whole one while nobody has an account, else what several may read.

    Args:
        store: The workspace.
        today: The moment that counts as now.
        as_of: Only what was committed and declared, and of people's time told, by then.
    """
    if not is_shared(store.state):
        return store.ledger(today=today, as_of=as_of)
    if as_of is None:
        _judge(store, today)
    return store.ledger(today=today, as_of=as_of, told=lambda moment: _told(store.state, moment))


def is_shared(state: State) -> bool:
    """Whether somebody else may read than whoever has the files: from the first account on."""
    accounts = site_tables().account
    with state.reading() as connection:
        return connection.execute(accounts.select().limit(1)).first() is not None


def _judge(store: Store, today: datetime) -> None:
    """Weigh what is newest against everything that was told, once per revision and day."""
    for _ in range(ATTEMPTS):
        if _judged(store, today):
            return


def _judged(store: Store, today: datetime) -> bool:
    """Whether it is judged, now or before; False where another process was faster."""
    with store.state.reading() as connection:
        at = _place(connection, today)
        if _fact(connection, JUDGED) == at:
            return True
        seq = connection.execute(state_tables().head.select()).one().seq
        number = _newest(connection)
        parts, sums = _marks(connection, "part"), _marks(connection, "sum")
    newest = Told(since={table: (seq, today) for tables in TABLES.values() for table in tables})
    found = _weighed(told_parts(store.ledger(today=today, told=lambda _: newest)), parts, sums)
    with store.state.writing() as connection:
        if _newest(connection) != number:
            return False
        _keep(connection, found, seq=seq, today=today, known=parts | sums)
        _put_fact(connection, JUDGED, at)
    return True


def _place(connection: Connection, today: datetime) -> str:
    """Up to where it is judged: the revision, the newest label, and the day."""
    import sqlalchemy as sa  # lazy: next to the store

    head = connection.execute(state_tables().head.select()).one()
    declared = state_tables().declared
    labels = sa.select(sa.func.max(declared.c.seq)).where(declared.c.record_type.in_(_OF_LABELS))
    return f"{head.seq}.{connection.execute(labels).scalar() or 0}.{today:%Y%m%d}"


_OF_LABELS = ("label", "label_closing")


def _weighed(
    parts: Mapping[str, Groups], known: set[str], sums: set[str]
) -> dict[str, dict[str, Renewal] | None]:
    """For all rows that are renewed together, what may be told by family of figures; None where they wait."""

    def whole(groups: Groups, never: Iterable[str] = ()) -> Renewal | None:
        if about_persons(len({person for people in groups.values() for person in people})):
            return Renewal(told=(), parts=frozenset(), sums=frozenset())
        return renewed(groups, parts=known, sums=sums, never=set(never))

    def all_of(**found: Renewal | None) -> dict[str, Renewal] | None:
        kept = {family: one for family, one in found.items() if one is not None}
        return kept if len(kept) == len(found) else None

    calendars = all_of(**{name: whole(groups) for name, groups in _of_calendars(parts).items()})
    teams = whole(parts[TEAMS], {NO_TEAM})
    if calendars is not None and teams is not None:
        calendars[TEAMS] = teams
    labels = {
        f"{LABELS} {sample}": one
        for sample, people in parts[LABELS].items()
        if (one := whole({sample: people})) is not None
    }
    return {
        CALENDARS: calendars,
        SAMPLES: labels,
        INTERVIEWS: all_of(**{name: whole(parts[name]) for name in (STATED, IDEAL)}),
        TOTALS: all_of(**{SHARED: whole(parts[SHARED])}),
        USES: all_of(**{METRICS: whole(parts[METRICS])}),
    }


def _of_calendars(parts: Mapping[str, Groups]) -> dict[str, Groups]:
    """The hours in rituals and those beside them; all in one where either would be about one to four."""
    sit = {person for people in parts[RITUALS].values() for person in people}
    beside = parts[BESIDE].get("", {})
    if not about_persons(len(sit)) and not about_persons(len(beside)):
        return {RITUALS: parts[RITUALS], BESIDE: parts[BESIDE], BEFORE: parts[BEFORE]}
    marks: dict[str, list[str]] = {}
    for people in (*parts[RITUALS].values(), beside):
        for person, mark in people.items():
            marks.setdefault(person, []).append(mark)
    return {BESIDE: {"": {person: sum_of(own) for person, own in marks.items()}}, BEFORE: parts[BEFORE]}


def _keep(
    connection: Connection,
    found: Mapping[str, dict[str, Renewal] | None],
    *,
    seq: int,
    today: datetime,
    known: set[str],
) -> None:
    """Write down what is told from now on."""
    tables, number = site_tables(), _newest(connection)
    before = _rows(connection, None)
    for family, renewals in found.items():
        if renewals is None:
            continue
        number += 1
        groups = {
            name.partition(" ")[0]: sorted(
                told for other, one in renewals.items() if other.partition(" ")[0] == name.partition(" ")[0]
                for told in one.told
            )
            for name in renewals
        }  # fmt: skip
        connection.execute(
            tables.told.insert().values(
                number=number, family=family, groups=json.dumps(groups, sort_keys=True), seq=seq,
                moment=stored_moment(today), told_at=stored_moment(datetime.now(UTC)),
            )
        )  # fmt: skip
        marks = {(kind, mark) for one in renewals.values() for kind, mark in _both(one)}
        new = [{"kind": kind, "mark": mark} for kind, mark in sorted(marks) if mark not in known]
        for start in range(0, len(new), MARKS_AT_ONCE):
            connection.execute(tables.told_mark.insert(), new[start : start + MARKS_AT_ONCE])
        known.update(mark for _, mark in marks)
        if not new and family in before:
            _note_harmless(connection, family, _forgotten(connection, before[family].seq))


def _both(one: Renewal) -> Iterable[tuple[str, str]]:
    yield from (("part", mark) for mark in one.parts)
    yield from (("sum", mark) for mark in one.sums)


def _told(state: State, moment: datetime | None) -> Told:
    """What may be told now, or what was told at a moment."""
    with state.reading() as connection:
        rows = _rows(connection, moment)
        judged = (_fact(connection, JUDGED) or "0..").split(".")
        harmless = json.loads(_fact(connection, HARMLESS) or "{}")
        gone = {
            family
            for family, row in rows.items()
            if set(_forgotten(connection, row.seq)) - set(harmless.get(family, ()))
        }
    since: dict[str, tuple[int, datetime]] = {}
    for family, tables in TABLES.items():
        row = rows.get(family)
        held = (0, moment or datetime.now(UTC)) if row is None or family in gone else (row.seq, row.moment)
        since |= dict.fromkeys(tables, held)
    none = {family for family in TABLES if family not in rows}
    withheld = frozenset(table for family in (*gone, *none) for table in TABLES[family])
    groups = {
        name: frozenset(told)
        for family, row in rows.items()
        if family not in gone
        for name, told in row.groups.items()
    }
    late = [
        row for family, row in rows.items()
        if moment is None and family not in gone and TABLES[family]
        and (str(row.seq), f"{row.moment:%Y%m%d}") != (judged[0], judged[-1])
    ]  # fmt: skip
    return Told(since=since, groups=groups, waits=_waits(late, gone), withheld=withheld)


def _waits(late: Iterable[Row], gone: Collection[str]) -> str:
    days: dict[str, list[str]] = {}
    for row in late:
        days.setdefault(f"{row.moment:%-d %B %Y}", []).append(WORDS[row.family])
    told = [f"{_sentence(words)} told as of {day}: {_FEWER}" for day, words in days.items()]
    if withheld := [WORDS[family] for family in TABLES if family in gone and TABLES[family]]:
        told.append(f"{_sentence(withheld)} not told for now: {_GONE}")
    return " ".join(told)


_FEWER = (
    "fewer than five people's rows changed since, and these could be read from the difference. Load "
    "the newest exports of five people together, and all of it is told anew."
)

_GONE = (
    "somebody who was in them was forgotten, and the difference would be about that person. They are told "
    "again when the newest exports of five people are loaded."
)


def _sentence(words: list[str]) -> str:
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{listed[0].upper()}{listed[1:]} are"


def _rows(connection: Connection, moment: datetime | None) -> dict[str, Row]:
    """By family, the newest row, or the newest by a moment."""
    table = site_tables().told
    asked = table.select().order_by(table.c.number)
    if moment is not None:
        asked = asked.where(table.c.told_at <= stored_moment(moment))
    found: Iterable[Any] = connection.execute(asked)
    return {
        row.family: Row(row.family, row.seq, read_moment(row.moment), json.loads(row.groups)) for row in found
    }


def _newest(connection: Connection) -> int:
    table = site_tables().told
    row = connection.execute(table.select().order_by(table.c.number.desc()).limit(1)).first()
    return int(row.number) if row is not None else 0


def _marks(connection: Connection, kind: str) -> set[str]:
    table = site_tables().told_mark
    return {row.mark for row in connection.execute(table.select().where(table.c.kind == kind))}


def _forgotten(connection: Connection, seq: int) -> list[int]:
    """The revisions after one that forgot somebody."""
    revision = state_tables().revision
    asked = revision.select().where(revision.c.kind == "forget", revision.c.seq > seq)
    return [row.seq for row in connection.execute(asked)]


def _note_harmless(connection: Connection, family: str, revisions: list[int]) -> None:
    if revisions:
        known = json.loads(_fact(connection, HARMLESS) or "{}")
        known[family] = sorted({*known.get(family, ()), *revisions})
        _put_fact(connection, HARMLESS, json.dumps(known))


def _fact(connection: Connection, name: str) -> str:
    meta = state_tables().meta
    row = connection.execute(meta.select().where(meta.c.name == name)).first()
    return str(row.value) if row is not None else ""


def _put_fact(connection: Connection, name: str, value: str) -> None:
    meta = state_tables().meta
    if connection.execute(meta.update().where(meta.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(meta.insert().values(name=name, value=value))
