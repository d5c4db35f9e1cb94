"""Stages from statuses: words to stages, moves counted as written, stays followed issue by issue."""

from __future__ import annotations

from datetime import datetime

import pytest

from make import make
from prodops.ledger.delivery import IssueChange
from prodops.ledger.feedback import Feedback
from prodops.ledger.record import Prose, Record, RecordId
from prodops.views.stage_moves import STAGE_MOVES
from prodops.views.stage_steps import STAGE_STEPS
from prodops.views.stage_visits import STAGE_VISITS
from prodops.views.stage_words import OUT, STAGE_WORDS, STAGES, UNKNOWN, suggested_stage
from views.given import read
from views.work import WAY, day, issue, passing


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("New", "signal"),
        ("To Do", "signal"),
        ("Needs triage", "signal"),
        ("Reopened", "signal"),
        ("Discovery", "insight"),
        ("Ready for analysis", "insight"),
        ("Needs info", "insight"),
        ("Ready for decision", "decision"),
        ("Under consideration", "decision"),
        ("Awaiting sign-off", "decision"),
        ("Specification", "spec"),
        ("In design review", "spec"),
        ("Selected for Development", "launch"),
        ("IN PROGRESS", "launch"),
        ("Code_review", "launch"),
        ("Ready for release", "launch"),
        ("Released", "learning"),
        ("Measuring", "learning"),
        ("Won’t do", OUT),
        ("Closed", OUT),
        ("Turned down", OUT),
        ("Zwischenablage", UNKNOWN),
    ],
)
def test_a_status_stands_for_the_stage_its_words_name(status: str, stage: str) -> None:
    assert stage == suggested_stage(status)


def test_the_words_of_one_way_stand_for_the_six_stages_in_their_order() -> None:
    assert [*STAGES, OUT] == [suggested_stage(status) for status in WAY]


def test_a_tracker_that_counts_a_status_as_finished_is_believed_before_its_words() -> None:
    shipped = issue("A", 0, [(1, "Specification", "Declined")])
    assert [("Declined", ""), ("Specification", "spec")] == read(STAGE_WORDS, shipped)


@pytest.mark.parametrize(
    ("moves", "stage"),
    [
        ([("New", "Foo"), ("Foo", "Ready for decision")], "insight"),
        ([("Specification", "Foo"), ("Foo", "Measuring")], "launch"),
        ([("In release", "Foo"), ("Foo", "Measuring")], "launch"),
        ([("Measuring", "Foo"), ("Foo", "Done")], "learning"),
        ([("Foo", "Discovery"), ("Discovery", "Done")], "signal"),
        ([("Discovery", "Foo"), ("Foo", "Discovery")], "insight"),
        ([("New", "Foo")], "signal"),
    ],
)
def test_a_status_that_says_nothing_stands_between_its_neighbours(
    moves: list[tuple[str, str]], stage: str
) -> None:
    dated = [(float(at), before, after) for at, (before, after) in enumerate(moves, start=1)]
    assert stage == dict(read(STAGE_WORDS, issue("A", 0, dated, now=moves[-1][1])))["Foo"]


def test_a_status_placed_by_its_neighbours_places_the_next() -> None:
    moves = [(1.0, "New", "Foo"), (2.0, "Foo", "Bar"), (3.0, "Bar", "Specification")]
    placed = dict(read(STAGE_WORDS, issue("A", 0, moves)))
    assert ("signal", "decision") == (placed["Foo"], placed["Bar"])


def test_a_stay_lasts_from_one_stage_to_the_next() -> None:
    records = passing("A", [0, 2, 5])
    expected = [("insight", 2.0, 5.0), ("signal", 0.0, 2.0), ("decision", 5.0, None)]
    assert sorted(expected, key=repr) == _stays(records)


def test_statuses_of_one_stage_that_follow_each_other_are_one_stay() -> None:
    moves = [(3, "In progress", "In review"), (4, "In review", "QA"), (9, "QA", "Measuring")]
    assert [("launch", 0.0, 9.0), ("learning", 9.0, None)] == _stays(issue("A", 0, moves))
    assert ["launch +1", "launch -1", "learning +1"] == _moves(issue("A", 0, moves))


def test_finished_work_stays_nowhere_and_comes_back_when_it_is_reopened() -> None:
    moves = [(1, "New", "Done"), (8, "Done", "Reopened")]
    assert [("signal", 0.0, 1.0), ("signal", 8.0, None)] == _stays(issue("A", 0, moves))


def test_an_issue_without_a_recorded_change_is_where_its_status_says() -> None:
    assert [("spec", 3.0, None)] == _stays(issue("A", 3, now="Specification"))
    assert [] == _stays(issue("A", 3, now="Done"))


def test_a_history_with_a_gap_counts_moves_and_stays_differently() -> None:
    gap = issue("A", 0, [(1, "New", "Discovery"), (9, "Specification", "In release")])
    assert [("insight", 1.0, 9.0), ("launch", 9.0, None), ("signal", 0.0, 1.0)] == _stays(gap)
    assert ["insight +1", "launch +1", "signal +1", "signal -1", "spec -1"] == _moves(gap)


def test_open_and_closed_say_nothing_more_where_a_board_tells_the_status() -> None:
    closed = make(
        IssueChange,
        id=RecordId("A:closed"),
        issue=RecordId("A"),
        at=day(7),
        field="state",
        before=Prose("open"),
        after=Prose("closed"),
    )
    boarded = issue("A", 0, [(7, "Measuring", "Done")])
    assert _moves(boarded) == _moves([*boarded, closed])
    assert [("signal", 0.0, 7.0)] == _stays([*issue("A", 0, now="Done"), closed])


def test_what_lies_ahead_has_not_happened() -> None:
    records = passing("A", [0, 2, 5])
    rows = read(STAGE_STEPS, records, "place, new_stage", today=day(3))
    assert [(0, "signal"), (1, "insight")] == rows
    assert [] == read(STAGE_STEPS, records, today=day(-1))


def test_a_change_of_an_issue_that_is_not_there_is_left_aside() -> None:
    change = make(IssueChange, issue=RecordId("gone"), at=day(1), field="status", after=Prose("New"))
    assert [] == read(STAGE_STEPS, [change])


def test_messages_stand_for_signals_where_no_status_does() -> None:
    waiting = make(Feedback, id=RecordId("m1"), channel="email", created_at=day(0))
    told = make(Feedback, id=RecordId("m2"), channel="email", created_at=day(0), first_answer_at=day(2))
    silent = make(Feedback, id=RecordId("m3"), channel="form", created_at=day(0), answers_recorded=False)
    without = issue("A", 0, [(1, "Discovery", "Specification")])
    messages = [waiting, told, silent]
    assert [("signal", 0.0, 2.0), ("signal", 0.0, None)] == _of_stage("signal", [*without, *messages])
    assert [("signal", 0.0, 1.0)] == _of_stage("signal", [*passing("A", [0, 1]), *messages])
    assert 3 == sum(move.startswith("signal") for move in _moves([*without, *messages]))


def _stays(records: list[Record]) -> list[tuple[str, float, float | None]]:
    rows = read(STAGE_VISITS, records, "stage, entered_at, left_at")
    return sorted(((stage, _days(came) or 0.0, _days(left)) for stage, came, left in rows), key=repr)


def _of_stage(stage: str, records: list[Record]) -> list[tuple[str, float, float | None]]:
    return [stay for stay in _stays(records) if stay[0] == stage]


def _days(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - day(0).replace(tzinfo=None)).total_seconds() / 86_400


def _moves(records: list[Record]) -> list[str]:
    return sorted(f"{stage} {step:+d}" for stage, step in read(STAGE_MOVES, records, "stage, step") if stage)
