"""Logs of decisions as tables, whatever their columns are called."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.decision_table.cells import evidence_of, state_of, turned_of
from prodops.connectors.decision_table.parse import parse, recognises
from prodops.ledger.decisions import LoggedDecision
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id
from prodops.serve.intake.recognise import recognise


def test_a_log_has_decisions_questions_and_what_was_withdrawn() -> None:
    entries = read_well(parse, case("decision_table", "log.csv"))
    first, second, waiting, fourth, gone = records(entries, LoggedDecision)
    assert (first.log, first.key, first.question, first.chosen) == (
        "log", "D-1", "Which basin do we dredge?", "North basin",
    )  # fmt: skip
    assert first.options == ("South basin", "do nothing")
    assert (first.asked_on, first.needed_on, first.decided_on, first.review_on) == (
        date(2030, 1, 10), date(2030, 2, 1), date(2030, 1, 28), date(2030, 7, 28),
    )  # fmt: skip
    assert (first.owner, second.deciders_count) == (person_id("ada@example.com"), 2)
    assert (second.rationale, second.review_on) == ("=SUM(A1)", None)
    assert (waiting.state, waiting.decided_on) == ("proposed", None)
    assert (fourth.supersedes, gone.state) == (("D-2",), "withdrawn")
    assert codes(entries) == ["bad_date", "duplicate_id", "no_question"]
    assert counts(entries) == (5, 1, 2)


def test_a_journal_has_predictions_and_what_came_true() -> None:
    entries = read_well(parse, case("decision_table", "journal.csv"))
    right, wrong, broken = records(entries, LoggedDecision)
    assert (right.predicted_low_number, right.predicted_high_number, right.came_number) == (10.0, 20.0, 14.0)
    assert (right.interval_probability, right.turned_out) == (0.8, "right")
    assert (right.evidence, right.ai_reviewed) == (("data", "ai"), True)
    assert (right.data_says, right.intuition_says, right.decided_on) == ("for", "against", date(2030, 3, 12))
    assert (wrong.probability, wrong.happened, wrong.turned_out) == (0.7, False, "wrong")
    assert (wrong.data_says, wrong.ended_on, wrong.ended_planned) == ("against", date(2030, 5, 1), True)
    assert (broken.predicted_low_number, broken.probability, broken.happened) == (None, None, None)
    assert (broken.data_says, broken.turned_out) == ("none", "unclear")
    assert codes(entries) == ["bad_number", "bad_number"]
    assert len({one.id for one in (right, wrong, broken)}) == 3


def test_of_a_projects_log_the_decisions_alone_are_read() -> None:
    entries = read_well(parse, case("decision_table", "raid.csv"))
    (found,) = records(entries, LoggedDecision)
    assert (found.key, found.chosen, found.state) == ("2", "West channel", "decided")
    assert counts(entries) == (1, 2, 0)


@pytest.mark.parametrize("name", ["log.csv", "journal.csv", "raid.csv"])
def test_it_is_surer_of_a_log_than_any_other_reader(name: str) -> None:
    file = case("decision_table", name)
    found = recognise(SourceFile(name="export.dat", content=file.content))
    assert found is not None
    assert found.name == "decision_table"


@pytest.mark.parametrize(
    "header",
    [
        "id,created,first answer,decided,decision,closed,closed how,duplicate of,reason,owner",
        "id,channel,decision,decided on,owner,rationale",
        "title,status,owner,created,date",
        "launch,first committed,current date,owner,status",
        "name,email,title,team",
    ],
)
def test_other_tables_are_not_taken(header: str) -> None:
    row = ",".join("x" for _ in header.split(","))
    assert recognises(text_file(f"{header}\n{row}\n")) < MINE
    assert codes(list(parse(text_file(header + "\n")))) == ["no_columns"]


def test_a_decision_without_a_question_is_its_own_question() -> None:
    text = "Decision,Date,Owner,Reason\nBuy the dredger,2030-01-05,ann,cheap\n"
    (found,) = records(read_well(parse, text_file(text)), LoggedDecision)
    assert (found.question, found.chosen, found.state) == ("Buy the dredger", "", "decided")


def test_what_a_spreadsheet_was_kept_from_running_is_read_as_it_was_meant() -> None:
    text = "question,decision,decided on,rationale\nWhy?,'=1+1,2030-01-05,'-5 a day\n"
    (found,) = records(read_well(parse, text_file(text)), LoggedDecision)
    assert (found.chosen, found.rationale) == ("=1+1", "-5 a day")


def test_an_open_quote_costs_its_row() -> None:
    text = 'question,decision,decided on,rationale\n"Why?,yes,2030-01-05,x\nHow?,no,2030-01-06,y\n'
    entries = read_well(parse, text_file(text))
    assert codes(entries) == ["bad_row"]
    assert [one.question for one in records(entries, LoggedDecision)] == ["How?"]


@pytest.mark.parametrize(
    ("status", "decided", "state"),
    [
        ("Approved", False, "decided"), ("Pending", True, "proposed"), ("In Progress", False, "proposed"),
        ("Superseded by 4", True, "superseded"), ("Reverted", True, "superseded"),
        ("Cancelled", True, "withdrawn"), ("Rejected", True, "rejected"), ("Deprecated", True, "retired"),
        ("", True, "decided"), ("", False, "proposed"), ("🎉", True, "decided"),
    ],
)  # fmt: skip
def test_every_word_for_a_status_is_known(status: str, state: str, *, decided: bool) -> None:
    assert state_of(status, decided=decided) == state


def test_kinds_of_evidence_and_verdicts_are_told_by_their_words() -> None:
    assert evidence_of("Customer interviews; dashboards; ChatGPT summary; HiPPO") == (
        "data", "customer", "intuition", "ai",
    )  # fmt: skip
    assert evidence_of("a said so") == ()
    assert [turned_of(word) for word in ("", "Correct", "did not work", "hm")] == [
        "",
        "right",
        "wrong",
        "unclear",
    ]


def test_it_survives_everything() -> None:
    survives_everything(parse, recognises)


@given(damaged(cases("decision_table")))
@settings(max_examples=80, deadline=None)
def test_damage_becomes_problems(file: SourceFile) -> None:
    read_well(parse, file)
