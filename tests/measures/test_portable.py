"""The SQL of every measure and view runs word for word on PostgreSQL and gives the same rows."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest

import prodops.views
from make import make
from prodops.ledger.data import DatasetLoad, MetricDefinition, MetricUse
from prodops.ledger.decisions import (
    Decision,
    DecisionInput,
    DecisionOutcome,
    DecisionQuestion,
    DecisionScore,
    LoggedDecision,
)
from prodops.ledger.feedback import Feedback
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Citation, PersonId, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Attendance, Invitee, Meeting, Note, NoteItem, Outcome, Series
from prodops.ledger.schema import record_types, row_of, sql_columns, table_name
from prodops.ledger.view import View
from prodops.measures import units

pytestmark = pytest.mark.postgres

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
TODAY = datetime(2026, 6, 30, tzinfo=UTC)
PARAMETERS: dict[str, object] = {"reported_from": 1 / 3, "within": 3}
_PLACEHOLDER = re.compile(r"\$(\w+)")


def _rituals() -> Iterator[Record]:
    dice = random.Random(5)
    for p in range(7):
        address = f"pm{p}@example.com"
        person = person_id(address)
        yield make(
            Person,
            person=person,
            named=person_id(f"PM {p}"),
            name=Prose(f"PM {p}"),
            role="Product Manager",
            team="A",
        )
        for s in range(3):
            response = dice.choice(["accepted", "declined", "none", "tentative"])
            yield make(
                Invitee, invite=RecordId(f"inv{s}"), person=person, response=response, own_copy=bool(p % 2)
            )
    for s, title in enumerate(["Pricing council", "Demo day", "Roadmap review"]):
        series = RecordId(f"s{s}")
        yield make(Series, id=series, uid=f"u{s}", title=Prose(title), starts_at=START)
        for k in range(24):
            at = START + timedelta(days=7 * k, hours=dice.choice([0, 0, 1]))
            status = dice.choice(["confirmed"] * 5 + ["cancelled"])
            yield make(
                Meeting,
                id=RecordId(f"m{s}-{k}"),
                uid=f"u{s}",
                series=series,
                invite=RecordId(f"inv{s}"),
                title=Prose(title),
                starts_at=at,
                ends_at=at + timedelta(minutes=dice.choice([30, 60, 90])),
                status=status,
                invited_count=7,
            )
            yield from _minutes(dice, title, f"n{s}-{k}", at)


def _minutes(dice: random.Random, title: str, name: str, at: datetime) -> Iterator[Record]:
    day = (at + timedelta(days=dice.choice([0, 0, 1]))).date()
    if dice.random() < 0.6:
        yield make(
            Note,
            id=RecordId(name),
            ritual=title.lower().replace(" ", "-"),
            held_on=day,
            present_count=dice.randrange(9),
        )
        for position in range(3):
            item = RecordId(f"{name}-{position}")
            decided = dice.random() < 0.3
            topic = Prose(f"Topic number {'abc'[dice.randrange(3)] * 4}")
            yield make(
                NoteItem, id=item, note=RecordId(name), position=position, title=topic, decided=decided
            )
            if decided:
                yield make(
                    Outcome,
                    note=RecordId(name),
                    item=item,
                    kind="decision",
                    probability=dice.choice([1.0, 0.6]),
                )
    if dice.random() < 0.5:
        yield make(Attendance, ritual=title, held_on=day, person=PersonId("person:x"))


def _signals() -> Iterator[Record]:
    dice = random.Random(6)
    for i in range(300):
        at = START - timedelta(days=dice.randrange(200))
        later = at + timedelta(days=dice.randrange(1, 150))
        fate = dice.randrange(4)
        yield make(
            Feedback,
            id=RecordId(f"f{i}"),
            channel=dice.choice(["email", "form"]),
            created_at=at,
            first_answer_at=at + timedelta(hours=dice.randrange(1, 90)) if fate else None,
            decided_at=later if fate == 1 else None,
            closed_at=later if fate in (2, 3) else None,
            closed_how=["", "", "auto_closed", "solved"][fate],
            observed_until=TODAY if i % 3 else None,
            duplicate_of=RecordId("f0") if i % 11 == 0 else None,
        )


def _metrics() -> Iterator[Record]:
    dice = random.Random(7)
    for i in range(60):
        yield make(
            MetricDefinition,
            registry=dice.choice(["hub", "dbt"]),
            name=f"metric{i % 25}",
            product=f"p{i % 4}",
            expression=dice.choice(["count(x)", "sum(x)", ""]),
            owners=dice.choice([(), ("team",)]),
            takes_target=bool(i % 2),
            target=dice.choice(["", "40%"]),
            deprecated=i % 9 == 0,
        )
        yield make(
            DatasetLoad,
            dataset=f"d{i % 5}",
            checked_at=START + timedelta(days=i),
            status=dice.choice(["pass", "warn", ""]),
            age_hours=float(i),
            warn_after_hours=20.0,
        )
        yield make(
            MetricUse,
            kind=dice.choice(["view", "recheck"]),
            reads=f"metric{i % 9}",
            used_at=START + timedelta(days=i),
            minutes=dice.choice([None, 12.0]),
            person=f"person:{i % 3}",
        )


def _decisions() -> Iterator[Record]:
    dice = random.Random(8)
    for i in range(40):
        day = START.date() + timedelta(days=i)
        one = RecordId(f"d{i}")
        yield make(
            Decision,
            id=one,
            question=Prose(f"Which price number {'abc'[i % 3] * 3}"),
            asked_on=day - timedelta(days=i % 7),
            needed_on=day + timedelta(days=i % 3 - 1),
            decided_on=day,
            review_on=day + timedelta(days=90),
            predicted_low_number=1.0,
            predicted_high_number=3.0,
            data_says=dice.choice(["for", "against", ""]),
            intuition_says=dice.choice(["for", "against"]),
        )
        yield make(DecisionInput, decision=one, kind=dice.choice(["data", "customer", "intuition", "ai"]))
        kind = dice.choice(["resolved", "resolved", "reversed", "reopened", "renewed"])
        turned = dice.choice(["right", "wrong", "unclear"])
        later = day + timedelta(days=30)
        yield make(
            DecisionOutcome, decision=one, kind=kind, on=later, came_number=float(i % 5), turned_out=turned,
            planned=bool(i % 4),
        )  # fmt: skip
        yield make(DecisionScore, decision=one, **dict.fromkeys(_ELEMENTS, i % 5))
        yield make(
            LoggedDecision, log="docs", key=f"docs:{i}", decided_on=day, evidence=("data", "ai")[: i % 3],
            superseded_by=(f"docs:{i + 3}",) if i % 5 == 0 else (), probability=0.7, happened=bool(i % 3),
            state=dice.choice(["decided", "proposed", "superseded", "withdrawn"]),
        )  # fmt: skip
    yield make(DecisionQuestion, asked_on=START.date(), needed_on=START.date())
    yield make(DecisionQuestion, asked_on=START.date(), withdrawn_on=TODAY.date())


_ELEMENTS = tuple(
    f"{one}_points" for one in ("frame", "alternatives", "information", "values", "reasoning", "commitment")
)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return [
        *_rituals(),
        *_signals(),
        *_metrics(),
        *_decisions(),
        make(MetricDefinition, cite=Citation("a", "b")),
    ]


@pytest.fixture
def ledger(records: list[Record]) -> Ledger:
    return Ledger.of(records, today=TODAY)


@pytest.fixture
def postgres(postgres_url: str, records: list[Record]) -> Iterator[psycopg.Connection[Any]]:
    address = postgres_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(address) as connection:
        for kind in record_types():
            body = ", ".join(
                f'"{name}" {sql.replace("DOUBLE", "DOUBLE PRECISION")}' for name, sql in sql_columns(kind)
            )
            connection.execute(f"create table {table_name(kind)} ({body})".encode())
            rows = [row_of(kind)(one) for one in records if type(one) is kind]
            _insert(connection, table_name(kind), len(sql_columns(kind)), rows)
        yield connection


def _insert(
    connection: psycopg.Connection[Any], table: str, width: int, rows: list[tuple[object, ...]]
) -> None:
    if rows:
        marks = ", ".join(["%s"] * width)
        connection.cursor().executemany(f"insert into {table} values ({marks})".encode(), rows)


def _create(connection: psycopg.Connection[Any], ledger: Ledger, view: View, done: set[str]) -> None:
    if view.name in done:
        return
    for needed in view.needs:
        _create(connection, ledger, needed, done)
    if view.rows is not None:
        body = ", ".join(
            f'"{name}" {sql.replace("DOUBLE", "DOUBLE PRECISION")}' for name, sql in view.columns
        )
        connection.execute(f'create table "{view.name}" ({body})'.encode())
        listed = ", ".join(f'"{name}"' for name, _ in view.columns)
        rows = ledger.sql(f'select {listed} from "{view.name}"', views=[view])
        _insert(connection, view.name, len(view.columns), rows)
    else:
        connection.execute(*_bound(f'create table "{view.name}" as {view.sql}'))
    done.add(view.name)


def _bound(query: str) -> tuple[bytes, dict[str, object]]:
    """The query with psycopg's placeholders in place of ours; nothing else of it is touched."""
    values = {"today": TODAY.replace(tzinfo=None), **PARAMETERS}
    used = {name: values[name] for name in _PLACEHOLDER.findall(query)}
    typed = {
        "today": "%(today)s::timestamp",
        "reported_from": "%(reported_from)s::float8",
        "within": "%(within)s::int8",
    }
    return _PLACEHOLDER.sub(lambda match: typed[match[1]], query.replace("%", "%%")).encode(), used


def _views_in(module: ModuleType) -> list[View]:
    return [one for one in vars(module).values() if isinstance(one, View)]


def _same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and not isinstance(one, bool) and other is not None:
        return math.isclose(float(one), float(str(other)), rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def _assert_same(ours: list[tuple[object, ...]], theirs: list[tuple[object, ...]]) -> None:
    assert len(ours) == len(theirs)
    for mine, yours in zip(sorted(ours, key=repr), sorted(theirs, key=_repr_like(ours)), strict=True):
        assert all(_same(a, b) for a, b in zip(mine, yours, strict=True)), (mine, yours)


def _repr_like(ours: list[tuple[object, ...]]) -> Any:
    """Sort PostgreSQL's rows as ours: its numerics become the type that stands in the same column here."""
    kinds = [
        next((type(row[i]) for row in ours if row[i] is not None), str)
        for i in range(len(ours[0]) if ours else 0)
    ]

    def plain(cell: object, kind: type) -> object:
        if cell is None or kind not in (int, float):
            return cell
        return int(str(cell)) if kind is int else round(float(str(cell)), 9)

    return lambda row: repr(tuple(plain(cell, kind) for cell, kind in zip(row, kinds, strict=True)))


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.__name__.rpartition(".")[2])
def test_a_measure_gives_the_same_rows_on_both_engines(
    unit: ModuleType, ledger: Ledger, postgres: psycopg.Connection[Any]
) -> None:
    path = Path(str(unit.__file__)).with_suffix(".sql")
    if not path.exists():
        return
    query, views = path.read_text(encoding="utf-8"), _views_in(unit)
    done: set[str] = set()
    for view in views:
        _create(postgres, ledger, view, done)
    used = {name: value for name, value in PARAMETERS.items() if f"${name}" in query}
    ours = ledger.sql(query, used, views=views)
    assert ours, "the ledger of this test gives the measure nothing to count"
    _assert_same(ours, postgres.execute(*_bound(query)).fetchall())


def test_every_view_in_sql_runs_on_both_engines(ledger: Ledger, postgres: psycopg.Connection[Any]) -> None:
    import importlib
    import pkgutil

    done: set[str] = set()
    for unit in pkgutil.iter_modules(prodops.views.__path__):
        for view in _views_in(importlib.import_module(f"prodops.views.{unit.name}")):
            _create(postgres, ledger, view, done)
            ours = ledger.sql(f'select * from "{view.name}"', views=[view])
            theirs = postgres.execute(f'select * from "{view.name}"'.encode()).fetchall()
            _assert_same([_rounded(row) for row in ours], [_rounded(row) for row in theirs])


def _rounded(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(round(cell, 9) if isinstance(cell, float) else cell for cell in row)
