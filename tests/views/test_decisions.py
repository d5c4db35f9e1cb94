"""Decisions of every origin in one table: their state, how long they stood, what became of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from make import make
from prodops.ledger.decisions import (
    Decision,
    DecisionInput,
    DecisionOutcome,
    DecisionQuestion,
    LoggedDecision,
)
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Prose, Record, RecordId
from prodops.views.decision_evidence import DECISION_EVIDENCE
from prodops.views.decisions import DECISIONS

TODAY = datetime(2026, 6, 30, tzinfo=UTC)
DAY = date(2026, 1, 10)


def decision(key: str, **given: Any) -> Decision:
    return make(Decision, id=RecordId(f"decision:{key}"), **{"decided_on": DAY, **given})


def outcome(key: str, kind: str, **given: Any) -> DecisionOutcome:
    of = RecordId(f"decision:{key}")
    return make(DecisionOutcome, decision=of, kind=kind, **{"on": date(2026, 2, 1), **given})


def adr(number: int, **given: Any) -> LoggedDecision:
    return make(
        LoggedDecision, id=RecordId(f"adr:{number}"), log="docs", key=f"docs:{number}",
        **{"decided_on": DAY, **given},
    )  # fmt: skip


def rows(*records: Record, fields: str = "name, state, ended_how, ended_planned") -> list[tuple[Any, ...]]:
    ledger = Ledger.of(records, today=TODAY)
    return ledger.sql(f"select {fields} from decisions order by source, name", views=[DECISIONS])


def test_declared_decisions_are_numbered_in_the_order_in_which_they_were_recorded() -> None:
    assert rows(decision("b"), decision("a"), decision("c", taken_back=True), fields="name, id") == [
        ("1", "decision:a"), ("2", "decision:b"),
    ]  # fmt: skip


def test_the_first_end_counts_and_one_that_was_taken_back_does_not() -> None:
    found = rows(
        decision("1"), decision("2"), decision("3"), decision("4"),
        outcome("1", "reversed", planned=True), outcome("1", "reopened", on=date(2026, 3, 1)),
        outcome("2", "reversed", taken_back=True), outcome("3", "renewed"),
    )  # fmt: skip
    assert found == [
        ("1", "reversed", "reversed", True), ("2", "standing", "", None),
        ("3", "superseded", "renewed", False), ("4", "standing", "", None),
    ]  # fmt: skip


def test_a_question_waits_until_it_is_decided_or_withdrawn() -> None:
    asked = [make(DecisionQuestion, id=RecordId(f"q{n}"), asked_on=date(2026, 1, n)) for n in (1, 2)]
    gone = make(DecisionQuestion, id=RecordId("q3"), asked_on=DAY, withdrawn_on=date(2026, 2, 2))
    found = rows(*asked, gone, decision("1", asks=RecordId("q1")), fields="name, state, asked_on, ended_on")
    assert found == [
        ("1", "standing", date(2026, 1, 1), None),
        ("Q2", "proposed", date(2026, 1, 2), None),
        ("Q3", "withdrawn", DAY, date(2026, 2, 2)),
    ]


def test_a_review_is_due_until_it_was_looked_at_and_again_on_the_day_then_said() -> None:
    plain = decision("1", review_on=date(2026, 4, 1))
    once = decision("2", review_on=date(2026, 4, 1))
    again = decision("3", review_on=date(2026, 4, 1))
    ended = decision("4", review_on=date(2026, 4, 1))
    found = rows(
        plain, once, again, ended, outcome("2", "resolved"),
        outcome("3", "resolved", review_on=date(2026, 9, 1)), outcome("4", "reversed"),
        fields="name, review_on",
    )  # fmt: skip
    assert found == [("1", date(2026, 4, 1)), ("2", None), ("3", date(2026, 9, 1)), ("4", None)]


def test_a_record_that_another_replaces_ends_on_that_day() -> None:
    found = rows(
        adr(1), adr(2, decided_on=date(2026, 3, 1), supersedes=("docs:1",)),
        adr(3, superseded_by=("docs:4",)), adr(4, decided_on=date(2026, 4, 1)),
        fields="name, state, ended_on, ended_planned",
    )  # fmt: skip
    assert found == [
        ("docs:1", "reversed", date(2026, 3, 1), False), ("docs:2", "standing", None, None),
        ("docs:3", "reversed", date(2026, 4, 1), False), ("docs:4", "standing", None, None),
    ]  # fmt: skip


def test_a_log_is_silent_of_what_came_after_its_last_day() -> None:
    found = rows(adr(1), adr(2, decided_on=date(2026, 3, 1)), adr(3, state="superseded"),
                 fields="name, state, observed_until")  # fmt: skip
    last = date(2026, 3, 1)
    assert found == [
        ("docs:1", "standing", last), ("docs:2", "standing", last), ("docs:3", "superseded", None),
    ]  # fmt: skip


def test_what_this_workspace_exported_is_not_counted_twice() -> None:
    copy = make(LoggedDecision, log="log", key="decision:1", decided_on=DAY)
    assert rows(decision("1"), copy, fields="source") == [("declared",)]


def test_evidence_is_told_by_kind_and_ai_by_whether_somebody_reviewed_it() -> None:
    one = RecordId("decision:1")
    records = [
        decision("1"),
        make(DecisionInput, decision=one, kind="data"),
        make(DecisionInput, decision=one, kind="ai"),
        adr(1, evidence=("ai", "customer"), ai_reviewed=True),
        adr(2, state="proposed", evidence=("data",)),
        make(Decision, id=RecordId("decision:2"), question=Prose("x"), decided_on=DAY),
    ]
    found = Ledger.of(records, today=TODAY).sql(
        "select decision, data, customer, ai, ai_unreviewed, pieces from decision_evidence order by decision",
        views=[DECISION_EVIDENCE],
    )
    assert found == [
        ("adr:1", 0, 1, 1, 0, 1), ("decision:1", 1, 0, 1, 1, 2), ("decision:2", 0, 0, 0, 0, 0),
    ]  # fmt: skip
