"""What is written into fields: read by its kind, bounded, and refused field by field with what is taken."""

from __future__ import annotations

from datetime import date

import pytest

from prodops.actions import units
from prodops.actions.deciding import Piece
from prodops.actions.deed import fields_of
from prodops.serve.deeds.reading import UnreadableError, read_values

TRIAL = {"name": "Pause it", "outcomes": "overhead_share", "expects": "-6 (-10 to -2)"}


def read(name: str, written: dict[str, object], *, typed: bool = False) -> dict[str, object]:
    return read_values(fields_of(units()[name]), written, typed=typed)


def wrong(name: str, written: dict[str, object], *, typed: bool = False) -> dict[str, str]:
    with pytest.raises(UnreadableError) as unreadable:
        read(name, written, typed=typed)
    return unreadable.value.fields


def test_text_is_read_by_the_kind_of_its_field() -> None:
    given = {"starts_on": ["7 July 2026"], "waves": "3", "own_hours": "1.5", "already_begun": ["yes"]}
    found = read("start_trial", {**TRIAL, **given, "only": ["", "Core"]})
    assert (date(2026, 7, 7), 3, 1.5, True) == tuple(
        found[name] for name in ("starts_on", "waves", "own_hours", "already_begun")
    )
    assert ("overhead_share",) == found["outcomes"]
    assert "seed" not in found


def test_evidence_is_read_with_its_kind() -> None:
    found = read("record_decision", {"chosen": "a", "evidence": "data: 4% @ x:y\n\nintuition: it felt late"})
    assert found["evidence"] == (
        Piece(kind="data", words="4%", of="x:y"), Piece(kind="intuition", words="it felt late"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "a\x00b", "NUL"),
        ("name", "\ud800", "NUL"),
        ("name", "x" * 401, "longer than"),
        ("name", ["a", "b"], "one value"),
        ("name", "  ", "needed"),
        ("starts_on", "soon", "Write it as 2026-11-23"),
        ("starts_on", "9999-12-31", "years are 1990 to 2199"),
        ("waves", "2.5", "whole number"),
        ("waves", "many", "no number"),
        ("waves", "9" * 14, "whole number of 0"),
        ("waves", "9" * 400, "no number"),
        ("own_hours", "1e400", "no number"),
        ("design", "clever", "It is one of staggered"),
        ("only", ["a"] * 201, "200 at most"),
        ("already_begun", "perhaps", "yes or no"),
        ("begun", "x", "not asked for"),
    ],
)
def test_what_cannot_be_read_says_what_is_taken(field: str, value: object, says: str) -> None:
    assert says in wrong("start_trial", {**TRIAL, field: value})[field]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", 3, "a text"),
        ("starts_on", "7 July 2026", "Write it as"),
        ("starts_on", "2026-02-30", "no day"),
        ("waves", 2.5, "whole number of 0"),
        ("waves", True, "a whole number"),
        ("waves", -1, "whole number of 0"),
        ("own_hours", 10**400, "too large"),
        ("own_hours", "1", "a number"),
        ("already_begun", "yes", "true or false"),
        ("only", "Core", "a list of texts"),
        ("only", [1], "a list of texts"),
        ("only", ["Core", " "], "None of its texts is empty"),
        ("name", None, "a text"),
        ("design", "", "one of staggered"),
    ],
)
def test_json_is_taken_as_it_is_or_not_at_all(field: str, value: object, says: str) -> None:
    given = {"name": "Pause it", "outcomes": ["overhead_share"], "expects": "-6 (-10 to -2)", field: value}
    assert says in wrong("start_trial", given, typed=True)[field]


def test_evidence_without_its_kind_is_refused_in_its_field() -> None:
    assert (
        "Begin with data:"
        in wrong("record_decision", {"chosen": "a", "evidence": ["4%"]}, typed=True)["evidence"]
    )
