"""Which short minutes say that nobody met, and which only say that something else was called off."""

from __future__ import annotations

import pytest

from prodops.connectors.minutes.extract import rows_of
from prodops.connectors.minutes.parse import parse
from prodops.ledger.reading import SourceFile

NOT_HELD = "the meeting was not held"


def _unused(body: str, title: str = "Seat council 2026-03-04") -> list[str]:
    file = SourceFile(name="seats/2026-03-04.md", content=f"# {title}\n\n{body}\n".encode())
    return [entry.unused or "" for entry in parse(file)]


@pytest.mark.parametrize(
    "said",
    [
        "Called off.",
        "Called off at short notice.",
        "This week's meeting was called off.",
        "The meeting did not take place.",
        "Did not take place, too many on holiday.",
        "Nobody came.",
        "Nobody turned up, so we went home.",
        "No show.",
        "No-shows all round.",
        "Only the host joined.",
        "Cancelled: quorum.",
        "Cancelled for lack of a quorum.",
        "The council was inquorate.",
        "We did not meet this week.",
        "No session today.",
        "The session never happened.",
        "Everyone was on leave.",
        "Postponed to next week.",
        "The seat council was cancelled.",
        "We had to cancel the call.",
        "Meeting skipped because of the holiday.",
        "Due to the offsite, the weekly sync was dropped.",
    ],
)
def test_a_notice_that_nobody_met_gives_no_note(said: str) -> None:
    assert [NOT_HELD] == _unused(said)


@pytest.mark.parametrize(
    "said",
    [
        "The launch was called off.",
        "The customer call was cancelled by the customer.",
        "Cancelled orders are shown in grey.",
        "Cancelled the contract with the agency.",
        "Postponed the launch to May.",
        "Nobody came up with a better idea.",
        "Nobody joined the beta.",
        "The board did not meet the target.",
        "A show of hands was taken, no show of emotion.",
        "No meeting next week.",
        "Next week's meeting is cancelled.",
        "If nobody comes, the call is cancelled.",
        "No quorum for the vote, but we went through the budget.",
        "The trial did not take place.",
        "Everyone was happy.",
        "Was the meeting cancelled?",
    ],
)
def test_what_is_called_off_besides_the_meeting_leaves_it_held(said: str) -> None:
    assert [""] == _unused(said)


def test_below_the_heading_of_a_topic_it_is_the_topic_that_is_put_off() -> None:
    assert [""] == _unused("## Launch\n\nPostponed to next week.")
    assert [NOT_HELD] == _unused("## Notes\n\nPostponed to next week.")


def test_a_title_can_say_it() -> None:
    assert [NOT_HELD] == _unused("Moved on.", title="Seat council 2026-03-04 (cancelled)")
    assert [""] == _unused("Moved on.", title="Cancelled seats 2026-03-04")


def test_long_minutes_and_several_topics_are_of_a_meeting_that_was_held() -> None:
    assert [""] == _unused("Called off. " + "The seats were gone through one by one. " * 8)
    file = SourceFile(
        name="seats/2026-03-04.md",
        content=b"# Seats 2026-03-04\n\n## One\n\nNobody came.\n\n## Two\n\nTalk.\n\n## Three\n\nTalk.\n",
    )
    assert 3 == len(rows_of(file, ignore_marks=False))
