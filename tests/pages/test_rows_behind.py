"""Rows of launches, second roadmaps and reviews: what each shows, the most telling first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from make import make
from pages import organisation as part
from prodops.checks.finding import Evidence
from prodops.ledger.delivery import Issue
from prodops.ledger.governance import AgentOutput, OutputReview
from prodops.ledger.launches import Launch, LaunchChange
from prodops.ledger.record import Citation, Prose, Record, RecordId
from prodops.ledger.tooling import RoadmapEntry
from prodops.pages.blocks import Cell
from prodops.pages.rows_behind import kind_of, rows_behind


def launches() -> Iterator[Record]:
    yield make(Launch, id=RecordId("l:1"), name="Exports", product="web")
    for n, (kind, subject) in enumerate((("moved", ""), ("chased", "legal"), ("gate", "security"))):
        yield make(
            LaunchChange, id=RecordId(f"c:{n}"), cite=Citation("plan.csv", f"line {n}"),
            launch=RecordId("l:1"), on=part.START.date() + timedelta(days=n), kind=kind, subject=subject,
        )  # fmt: skip
    yield make(
        LaunchChange, id=RecordId("c:9"), launch=RecordId("l:unknown"), kind="chased", on=part.START.date()
    )


def roadmap() -> Iterator[Record]:
    yield make(Issue, id=RecordId("i:1"), key="P-1", title=Prose("Bulk export"))
    for n, (item, key) in enumerate((("Only here", ""), ("bulk export ", ""), ("Renamed", "P-1"))):
        yield make(
            RoadmapEntry, id=RecordId(f"e:{n}"), item=Prose(item), issue_key=key, area="web",
            entered_at=part.START + timedelta(days=n),
        )  # fmt: skip


def reviews() -> Iterator[Record]:
    yield make(
        AgentOutput, id=RecordId("o:1"), agent="scribe", written_at=part.START, words=Prose("A summary.")
    )
    for n, (agent, verdict, minutes) in enumerate(
        (("", "accepted", None), ("scribe", "corrected", 12.0), ("scribe", "", 3.5))
    ):
        yield make(
            OutputReview, id=RecordId(f"r:{n}"), output=RecordId("o:1"), agent=agent, verdict=verdict,
            rework_minutes=minutes, reviewed_at=None if n == 0 else part.START + timedelta(days=n),
        )  # fmt: skip


def rows(kind: str, subject: str, *records: Iterator[Record]) -> list[tuple[Cell, ...]]:
    found = rows_behind(part.ledger(*records), kind, subject, limit=10)
    assert found is not None
    assert found.total == len(found.rows)
    assert all(isinstance(row[-1], Evidence) for row in found.rows)
    assert len(found.columns) == len(found.rows[0])
    return [row[:-1] for row in found.rows]


def test_a_launch_shows_who_was_asked_again_first() -> None:
    assert [
        ("2026-01-06", "asked again: legal", "Exports"),
        ("2026-01-07", "gate: security", "Exports"),
        ("2026-01-05", "moved", "Exports"),
    ] == rows("launch_friction", "web", launches())
    assert [("2026-01-05", "asked again", "")] == rows("launch_friction", "launches", launches())


def test_a_second_roadmap_shows_what_the_tracker_has_already_first() -> None:
    assert [
        ("2026-01-07", "stands in the tracker already", "Renamed"),
        ("2026-01-06", "stands in the tracker already", "bulk export"),
        ("2026-01-05", "stands here alone", "Only here"),
    ] == [(day, says, str(item).strip()) for day, says, item in rows("tool_overlap", "web", roadmap())]


def test_an_agent_shows_what_had_to_be_mended_first() -> None:
    assert [
        ("2026-01-07", "no verdict written", "3.50 min"),
        ("2026-01-06", "corrected", "12 min"),
        ("2026-01-05", "accepted", ""),
    ] == rows("ungoverned_ai", "scribe", reviews())


def test_launches_show_how_late_they_are_the_latest_first() -> None:
    first = part.START.date()
    slips: tuple[tuple[str, dict[str, date]], ...] = (
        ("On time", {"launched_on": first}),
        ("Late", {"launched_on": first + timedelta(days=30)}),
        ("Waiting", {"planned_on": date(2027, 1, 1)}),
        ("Vague", {}),
    )
    made = (
        make(Launch, id=RecordId(f"l:{name}"), name=name, product="app", first_planned_on=first, **days)
        for name, days in slips
    )
    assert [
        ("Waiting", "planned for 2027-01-01, 361 days after its first date", "2026-01-05"),
        ("Late", "launched, 30 days after its first date", "2026-01-05"),
        ("On time", "launched, not after its first date", "2026-01-05"),
        ("Vague", "no first date, or no later one, is known", "2026-01-05"),
    ] == rows("LCH02", "app", made)


def test_outputs_that_nobody_read_come_first() -> None:
    unread = make(
        AgentOutput, id=RecordId("o:2"), agent="scribe", written_at=part.START, words=Prose("Another.")
    )
    found = rows("GOV02", "scribe", reviews(), iter([unread]))
    assert [("2026-01-05", "reviewed by nobody"), ("2026-01-05", "reviewed")] == found


@pytest.mark.parametrize(
    ("code", "sink", "kind"),
    [
        ("RIT01", "ritual_rot", "ritual_rot"),
        ("FBK02", "feedback_black_hole", "feedback_black_hole"),
        ("DAT02", "data_debt", "DAT02"),
        ("DAT04", "data_debt", ""),
        ("GOV01", "ungoverned_ai", "ungoverned_ai"),
        ("GOV02", "ungoverned_ai", "GOV02"),
        ("LCH01", "launch_friction", "launch_friction"),
        ("LCH02", "launch_friction", "LCH02"),
        ("TOL01", "tool_overlap", "tool_overlap"),
    ],
)
def test_a_finding_has_the_rows_of_its_sink_only_where_both_are_about_the_same(
    code: str, sink: str, kind: str
) -> None:
    assert kind == kind_of(code, sink)
    assert rows_behind(part.ledger(), kind_of(code, sink), "nothing", limit=5) is None
