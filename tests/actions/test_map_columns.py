"""A column map names fields and columns that exist, and nothing else is declared."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from prodops.actions.feedback import map_columns
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.ledger import Ledger

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
HEADER = ("Nr", "Opened at", "Wish")
FIELDS = ("id", "created", "title")


def _propose(*pairs: str) -> object:
    (found,) = map_columns.propose("abc", HEADER, pairs, fields=FIELDS, at=AT, by="ana@example.com")
    return found.columns


def test_pairs_are_kept_in_one_order() -> None:
    assert ("created=Opened at", "title=Wish") == _propose("title=Wish", "created=Opened at")


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (("opened=Opened at",), "not a field"),
        (("created=Opened",), "not a column"),
        (("created",), "not a column"),
        (("title=Wish",), "created=COLUMN"),
        (("",), "not a field"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(pairs: tuple[str, ...], says: str) -> None:
    with pytest.raises(ActionRefusedError, match=says):
        _propose(*pairs)


def test_whoever_declares_stands_under_a_pseudonym() -> None:
    (found,) = map_columns.propose(
        "abc", HEADER, ["created=Opened at"], fields=FIELDS, at=AT, by="ana@example.com"
    )
    assert "ana" not in found.declared_by


def test_nothing_stands_against_it() -> None:
    assert [] == map_columns.gate(Ledger.of([], today=AT))


def test_how_to_read_the_table_can_be_said_too() -> None:
    (found,) = map_columns.propose(
        "abc", HEADER, ["created=Opened at", "time_zone=Europe/Berlin"],
        fields=FIELDS, settings=("time_zone",), at=AT, by="ana@example.com",
    )  # fmt: skip
    assert "time_zone=Europe/Berlin" in found.columns
