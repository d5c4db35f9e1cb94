"""The ledger answers by SQL and by objects, as it would be with more, and never depends on reading order."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import make
from prodops.ledger.engine import ConflictError
from prodops.ledger.ledger import Ledger, ViewError
from prodops.ledger.record import Citation, RecordId
from prodops.ledger.rituals import Meeting, Outcome
from prodops.ledger.schema import (
    SchemaError,
    columns,
    record_of,
    record_type,
    record_types,
    row_of,
    table_name,
)
from prodops.ledger.view import View, beside

TODAY = datetime(2026, 6, 30, tzinfo=UTC)


def _meeting(number: int, title: str = "council") -> Meeting:
    return make(
        Meeting,
        id=RecordId(f"m{number}"),
        cite=Citation("a.ics", f"UID {number}"),
        title=title,
        starts_at=TODAY - timedelta(days=number),
        ends_at=TODAY - timedelta(days=number, hours=-1),
    )


def test_every_record_type_survives_the_way_to_a_row_and_back() -> None:
    for kind in record_types():
        record = make(kind)
        assert record == record_of(kind)(row_of(kind)(record))


def test_every_record_type_has_one_table_name() -> None:
    names = [table_name(kind) for kind in record_types()]
    assert len(set(names)) == len(names)
    assert all(record_type(table_name(kind)) is kind for kind in record_types())


def test_an_optional_field_may_be_missing_and_a_tuple_is_kept() -> None:
    outcome = make(Outcome, owners=("Ana", 'with "quotes"'), item=None)
    assert outcome == next(Ledger.of([outcome], today=TODAY).records(Outcome))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = make(Meeting, starts_at=datetime(2026, 1, 1))  # noqa: DTZ001 (that is the point)
    with pytest.raises(SchemaError, match="time zone"):
        Ledger.of([naive], today=TODAY)


def test_a_moment_in_another_zone_is_kept_as_the_same_moment() -> None:
    from zoneinfo import ZoneInfo  # lazy: only this test needs it

    local = datetime(2026, 3, 29, 9, 30, tzinfo=ZoneInfo("America/New_York"))
    ledger = Ledger.of([make(Meeting, starts_at=local, ends_at=local)], today=TODAY)
    assert local == next(ledger.records(Meeting)).starts_at


def test_records_are_found_by_id_and_unknown_ids_are_left_out() -> None:
    ledger = Ledger.of([_meeting(1), _meeting(2), _meeting(3)], today=TODAY)
    assert ["m1", "m3"] == [one.id for one in ledger.records(Meeting, ["m3", "m1", "none"])]
    assert 3 == ledger.count(Meeting)
    assert 0 == ledger.count(Outcome)


@given(st.permutations(range(8)), st.integers(0, 7))
def test_order_and_repetition_do_not_change_the_version(order: list[int], repeated: int) -> None:
    records = [_meeting(number) for number in order]
    assert (
        Ledger.of([_meeting(n) for n in range(8)], today=TODAY).version
        == Ledger.of([*records, records[repeated]], today=TODAY).version
    )


def test_another_record_changes_the_version() -> None:
    one, two = Ledger.of([_meeting(1)], today=TODAY), Ledger.of([_meeting(1), _meeting(2)], today=TODAY)
    assert one.version != two.version
    assert one.version != Ledger.of([_meeting(1, "board")], today=TODAY).version


def test_two_records_with_one_id_and_different_words_are_refused() -> None:
    with pytest.raises(ConflictError, match="m1"):
        Ledger.of([_meeting(1), _meeting(1, "board")], today=TODAY)


def test_the_same_words_from_two_places_are_one_record_whatever_the_order() -> None:
    here, there = _meeting(1), make(Meeting, **{**_fields(_meeting(1)), "cite": Citation("z.ics", "UID 1")})
    for records in ([here, there], [there, here]):
        random.Random(1).shuffle(records)
        assert [here] == list(Ledger.of(records, today=TODAY).records(Meeting))


def _fields(record: Meeting) -> dict[str, object]:
    return {column.name: getattr(record, column.name) for column in columns(Meeting)}


def test_the_ledger_as_it_would_be_leaves_the_ledger_as_it_is() -> None:
    ledger = Ledger.of([_meeting(1), _meeting(2)], today=TODAY)
    wider = ledger.plus([_meeting(2, "board"), _meeting(3)])
    widest = wider.plus([_meeting(4)])
    assert (2, 3, 4) == (ledger.count(Meeting), wider.count(Meeting), widest.count(Meeting))
    assert ["board"] == [one.title for one in widest.records(Meeting, ["m2"])]
    assert ["council"] == [one.title for one in ledger.records(Meeting, ["m2"])]
    assert 3 == len({ledger.version, wider.version, widest.version})


def test_the_ledger_on_another_day_has_the_same_records_and_its_own_views() -> None:
    planned = View(name="planned", sql="select id from meeting where starts_at > $today")
    ledger = Ledger.of([_meeting(1)], today=TODAY)
    assert [] == ledger.sql("select id from planned", views=[planned])
    before = ledger.on(TODAY - timedelta(days=3650))
    assert [("m1",)] == before.sql("select id from planned", views=[planned])
    assert [] == ledger.sql("select id from planned", views=[planned])
    assert (1, 1) == (before.count(Meeting), ledger.count(Meeting))
    assert before.version != ledger.version


def test_a_view_reads_the_ledger_it_is_asked_of() -> None:
    early = View(name="early", sql="select id from meeting where starts_at < $today")
    again = View(
        name="again",
        needs=(early,),
        columns=(("id", "VARCHAR"),),
        rows=lambda one: one.sql("select id from early"),
    )
    ledger = Ledger.of([_meeting(1)], today=TODAY)
    wider = ledger.plus([_meeting(2)])
    assert [(1,)] == ledger.sql("select count(*) from again", views=[again])
    assert [(2,)] == wider.sql("select count(*) from again", views=[again])
    assert ["m1", "m2"] == sorted(wider.columns("select id from again", views=[again])["id"])


def test_two_different_views_under_one_name_are_refused() -> None:
    ledger = Ledger.of([], today=TODAY)
    ledger.sql("select 1", views=[View(name="early", sql="select 1 as one")])
    with pytest.raises(ViewError, match="early"):
        ledger.sql("select 1", views=[View(name="early", sql="select 2 as one")])


def test_a_parameter_is_data_and_never_sql() -> None:
    ledger = Ledger.of([_meeting(1, "'; drop table meeting; --")], today=TODAY)
    title = "'; drop table meeting; --"
    assert [(1,)] == ledger.sql("select count(*) from meeting where title = $title", {"title": title})
    assert 1 == ledger.count(Meeting)


def test_the_sql_beside_a_unit_is_its_text(tmp_path: object) -> None:
    from pathlib import Path  # lazy: only this test needs it

    folder = Path(str(tmp_path))
    (folder / "unit.sql").write_text("select 1", encoding="utf-8")
    assert "select 1" == beside(str(folder / "unit.py"))
