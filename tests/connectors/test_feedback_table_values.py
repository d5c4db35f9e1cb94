"""What the words of a single cell come down to, whoever wrote them."""

from __future__ import annotations

import pytest

from prodops.connectors.feedback_table.durations import DurationError, read_duration
from prodops.connectors.feedback_table.values import closing, decision, tags


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("Auto-closed after 14 days", "auto_closed"),
        ("no response", "auto_closed"),
        ("closed_inactive", "auto_closed"),
        ("Merged into #4", "merged"),
        ("Duplicate", "merged"),
        ("Spam", "spam"),
        ("Fixed", "solved"),
        ("Unresolved", "unresolved"),
        ("Won't be done", "won't be done"),
        ("Customer left", "customer left"),
    ],
)
def test_how_it_was_closed_is_ours_or_the_sources_own_word(words: str, how: str) -> None:
    assert closing(words) == how


@pytest.mark.parametrize(
    ("words", "decided"),
    [
        ("Planned", "yes"),
        ("not planned", "no"),
        ("Won't do", "no"),
        ("Deferred", "later"),
        ("next quarter", "later"),
        ("Yes, because", "yes"),
        ("in review", ""),
    ],
)
def test_a_decision_is_yes_no_later_or_nothing(words: str, decided: str) -> None:
    assert decision(words) == decided


def test_tags_are_split_however_they_are_written() -> None:
    assert tags("a; b ;;a") == ("a", "b")
    assert tags('["x", "y"]') == ("x", "y")


@pytest.mark.parametrize(("cell", "unit"), [("-3", 60.0), ("30", None), ("1e12", 86_400.0), ("soon", 60.0)])
def test_an_impossible_duration_is_none(cell: str, unit: float | None) -> None:
    with pytest.raises(DurationError):
        read_duration(cell, unit)
