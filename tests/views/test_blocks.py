"""What counts as working time in a calendar, and how many hours of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Record, person_id
from prodops.ledger.rituals import Invitee, Meeting
from prodops.views.blocks import BLOCKS

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = datetime(2026, 6, 30, tzinfo=UTC)
ANA = person_id("ana@example.com")

Rows = list[tuple[Any, ...]]


def entry(name: str, hour: float, hours: float, *, people: int = 5, **given: Any) -> list[Record]:
    """A calendar entry of Ana's on Monday."""
    starts_at = MONDAY + timedelta(hours=hour)
    response = given.pop("response", "accepted")
    return [
        make(
            Meeting, id=name, invite=name, title=given.pop("title", name), starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours), invited_count=people,
            busy=given.pop("busy", True), **given,
        ),
        make(Invitee, id=f"{name}-ana", invite=name, person=ANA, response=response, own_copy=True),
    ]  # fmt: skip


def ana() -> Record:
    return make(Person, person=ANA, role="Product Manager", team="Growth")


def blocks(*entries: Iterable[Record], roster: bool = True) -> Rows:
    records = [record for one in entries for record in one] + ([ana()] if roster else [])
    query = "select meeting, kind, hours, probability from blocks order by starts_at, meeting"
    return Ledger.of(records, today=TODAY).sql(query, views=[BLOCKS])


def test_a_meeting_and_an_own_block_count_with_what_is_known_of_them() -> None:
    assert [("standup", "meeting", 0.5, 0.95), ("prd", "own", 2.0, 0.68)] == blocks(
        entry("standup", 9, 0.5), entry("prd", 10, 2, people=0)
    )


@pytest.mark.parametrize(
    "left_out",
    [
        {"busy": False},
        {"all_day": True},
        {"status": "cancelled"},
        {"response": "declined"},
        {"hours": 12},
        {"hours": 0},
    ],
    ids=str,
)
def test_what_takes_no_working_time_is_no_own_block(left_out: dict[str, Any]) -> None:
    hours = left_out.pop("hours", 1)
    assert [] == blocks(entry("hold", 9, hours, people=0, **left_out))


def test_a_meeting_takes_its_hours_from_the_own_block_under_it() -> None:
    found = blocks(entry("focus", 9, 3, people=1), entry("call", 10, 0.5))
    assert [("focus", "own", 2.5, 0.68), ("call", "meeting", 0.5, 0.95)] == found


def test_an_own_block_wholly_under_meetings_is_none() -> None:
    found = blocks(entry("focus", 9, 1, people=1), entry("call", 9, 0.5), entry("sync", 9.5, 1))
    assert ["call", "sync"] == [row[0] for row in found]


def test_of_own_blocks_that_overlap_each_ends_where_the_next_begins() -> None:
    found = blocks(entry("first", 9, 3, people=1), entry("second", 10, 1, people=1))
    assert [("first", 1.0), ("second", 1.0)] == [(row[0], row[2]) for row in found]


def test_without_a_known_pm_a_block_is_a_meeting_with_the_hours_of_everybody_invited() -> None:
    starts_at = MONDAY + timedelta(hours=9)
    records = [
        make(Meeting, id="council", invite="council", starts_at=starts_at, invited_count=6,
             ends_at=starts_at + timedelta(hours=2), busy=True),
        make(Meeting, id="hold", invite="hold", starts_at=starts_at, invited_count=0,
             ends_at=starts_at + timedelta(hours=2), busy=True),
        make(Invitee, invite="council", person=ANA),
    ]  # fmt: skip
    found = Ledger.of(records, today=TODAY).sql("select person, meeting, hours from blocks", views=[BLOCKS])
    assert [("", "council", 12.0)] == found


def test_what_starts_after_today_is_not_time_spent() -> None:
    assert [] == blocks(entry("later", 24 * 200, 1), entry("own", 24 * 200, 1, people=0))


@given(
    spans=st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 30), st.sampled_from([0, 5])), min_size=1, max_size=8
    )
)
@settings(max_examples=30)
def test_hours_never_exceed_the_time_that_entries_cover(spans: list[tuple[int, int, int]]) -> None:
    entries = [
        entry(f"e{i}", 6 + quarter / 4, quarters / 4, people=people)
        for i, (quarter, quarters, people) in enumerate(spans)
    ]
    covered = {q for quarter, quarters, _ in spans for q in range(quarter, quarter + quarters)}
    found = blocks(*entries)
    assert sum(row[2] for row in found) <= len(covered) / 4 + 1e-9
    assert all(row[2] > 0 for row in found)
