"""What became of messages: decided, ended otherwise, or waiting when last seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from make import make
from prodops.ledger.feedback import Feedback
from prodops.ledger.record import Record, RecordId
from prodops.views.channel_fates import CHANNEL_FATES
from prodops.views.signals import SIGNALS
from views.given import TODAY, read, rounded, shuffles

CAME = datetime(2026, 1, 5, 9, tzinfo=UTC)
SEEN = CAME + timedelta(days=100)


def after(days: float) -> datetime:
    """A moment some days after the message came in."""
    return CAME + timedelta(days=days)


def message(name: str = "m", **given: Any) -> Feedback:
    """A message by e-mail, last seen a hundred days later."""
    return make(
        Feedback,
        **{"id": RecordId(name), "channel": "email", "created_at": CAME, "observed_until": SEEN, **given},
    )


def _of(*records: Record, wanted: str = "fate, days", today: datetime = TODAY) -> list[tuple[Any, ...]]:
    return read(SIGNALS, records, wanted, today)


@pytest.mark.parametrize(
    ("given", "fate", "days"),
    [
        ({}, 0, 100.0),
        ({"decided_at": after(10)}, 1, 10.0),
        ({"decided_at": after(10), "closed_at": after(5), "closed_how": "auto_closed"}, 1, 10.0),
        ({"closed_at": after(7), "closed_how": "solved"}, 1, 7.0),
        ({"closed_at": after(7), "closed_how": "auto_closed"}, 2, 7.0),
        ({"closed_at": after(7), "closed_how": "Spam"}, 2, 7.0),
        ({"closed_at": after(7), "closed_how": "merged"}, 2, 7.0),
        ({"closed_at": after(7), "closed_how": "", "duplicate_of": RecordId("other")}, 2, 7.0),
        ({"duplicate_of": RecordId("other")}, 0, 100.0),
    ],
)
def test_a_message_has_one_fate_and_the_days_to_it(given: dict[str, Any], fate: int, days: float) -> None:
    assert [(fate, days)] == _of(message(**given))


def test_a_message_without_an_end_of_its_own_is_seen_as_long_as_its_channel() -> None:
    unseen = message(observed_until=None)
    assert [(0, 100.0), (0, 100.0)] == _of(unseen, message("other"))
    assert [(0, 0.0)] == _of(unseen)
    last = message("other", observed_until=None, first_answer_at=after(40))
    assert [(0, 40.0), (0, 40.0)] == _of(unseen, last)


def test_another_channel_says_nothing_about_how_long_this_one_was_seen() -> None:
    assert [(0, 0.0), (0, 100.0)] == _of(message(observed_until=None), message("other", channel="form"))


def test_an_event_after_the_end_of_observation_shows_that_it_went_on() -> None:
    assert [(1, 120.0)] == _of(message(decided_at=after(120)))


def test_nothing_is_seen_that_lies_ahead() -> None:
    early = after(50)
    assert [(0, 50.0)] == _of(message(), today=early)
    assert [(0, 50.0)] == _of(message(decided_at=after(60)), today=early)
    assert [(0, 50.0)] == _of(message(decided_at=after(120), observed_until=after(20)), today=early)
    assert [] == _of(message(), today=after(-1))


def test_an_answer_is_counted_in_hours_or_waited_for_until_the_end() -> None:
    wanted = "answered, answer_hours"
    assert [(True, 36.0)] == _of(message(first_answer_at=after(1.5)), wanted=wanted)
    assert [(False, 2400.0)] == _of(message(), wanted=wanted)
    assert [(False, 24.0)] == _of(message(first_answer_at=after(2)), wanted=wanted, today=after(1))


@pytest.mark.parametrize(
    ("given", "touched"),
    [
        ({}, False),
        ({"first_answer_at": after(1)}, True),
        ({"decided_at": after(1)}, True),
        ({"closed_at": after(1), "closed_how": "solved"}, True),
        ({"closed_at": after(1), "closed_how": "auto_closed"}, False),
    ],
)
def test_a_message_is_touched_by_what_a_person_did(given: dict[str, Any], touched: bool) -> None:  # noqa: FBT001 (a table of truth)
    assert [(touched,)] == _of(message(**given), wanted="touched")


def test_an_answer_that_lies_ahead_has_not_touched_it_yet() -> None:
    assert [(False,)] == _of(message(first_answer_at=after(2)), wanted="touched", today=after(1))


def _fates(*records: Record) -> Any:
    (row,) = read(CHANNEL_FATES, records, "grown, decided, messages")
    return row


def test_a_message_counts_once_it_had_ninety_days() -> None:
    old, young = message("a"), message("b", created_at=after(11))
    assert (1, 0, 2) == _fates(old, young)


def test_a_decision_after_ninety_days_is_none_within_them() -> None:
    assert (2, 1, 2) == _fates(message("a", decided_at=after(90)), message("b", decided_at=after(91)))


def test_what_ended_otherwise_is_not_decided() -> None:
    assert (1, 0, 1) == _fates(message(closed_at=after(3), closed_how="auto_closed"))


def test_messages_a_week_are_those_of_the_last_half_year() -> None:
    burst = [message(f"old{k}", created_at=after(-400), observed_until=None) for k in range(50)]
    steady = [message(f"new{k}", created_at=after(7 * k), observed_until=after(7 * 25)) for k in range(26)]
    ((week, again),) = read(CHANNEL_FATES, [*burst, *steady], "items_week, duplicates_week")
    assert (week, again) == (pytest.approx(1.0), 0.0)
    ((_, again),) = read(
        CHANNEL_FATES,
        [*steady, message("twice", duplicate_of=RecordId("new1"), observed_until=None)],
        "items_week, duplicates_week",
    )
    assert again == pytest.approx(1 / 25)


def test_a_channel_seen_for_days_is_counted_as_one_week() -> None:
    three = [message(f"m{k}", created_at=after(k), observed_until=after(3)) for k in range(3)]
    assert [(3.0,)] == read(CHANNEL_FATES, three, "items_week")


def test_order_and_repetition_of_records_do_not_matter() -> None:
    records = [
        message(f"m{k}", created_at=after(k), observed_until=after(120) if k % 2 else None,
                decided_at=after(k + 3 * k) if k % 3 else None, channel="email" if k % 4 else "form")
        for k in range(30)
    ]  # fmt: skip
    for mixed in shuffles(records):
        assert read(SIGNALS, records) == read(SIGNALS, mixed)
        assert rounded(read(CHANNEL_FATES, records)) == rounded(read(CHANNEL_FATES, mixed))
