"""The decision log from the command line, as somebody new to it would use it."""

from __future__ import annotations

import csv
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import icalendar
import pytest
from typer.testing import CliRunner

from prodops.connectors.decision_table.parse import parse
from prodops.ledger.decisions import LoggedDecision
from prodops.ledger.reading import SourceFile
from prodops.serve.cli import app
from prodops.serve.cli.commands import decide
from prodops.serve.cli.decision_prompts import Talk, asked_for
from prodops.serve.cli.output import Refusal
from prodops.serve.decision_form import TEMPLATE, draft_of

Prodops = Callable[..., str]
RETIRE = (
    "decide", "Which plan do we retire?",
    "--chosen", "Starter", "--option", "Starter", "--option", "do nothing",
    "--data", "4% of revenue @ dbt:metric:revenue", "--data-says", "for", "--intuition-says", "against",
    "--predict", "tickets a week", "--low", "20", "--high", "60", "--resolves", "2026-09-30",
    "--kill", "30 customers leave", "--asked", "2026-06-01", "--dissent", "=Sales would keep it",
    "--stakes", "high", "--one-way",
)  # fmt: skip


@pytest.fixture
def prodops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prodops:
    """A command in a fresh workspace; `today` moves the day."""
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(tmp_path / ".prodops"))
    monkeypatch.chdir(tmp_path)

    def run(*words: str, today: str = "2026-06-30") -> str:
        monkeypatch.setenv("PRODOPS_TODAY", today)
        done = CliRunner().invoke(app, words)
        if done.exception is not None:
            raise done.exception
        return done.output

    return run


def refused(prodops: Prodops, *words: str, today: str = "2026-06-30") -> str:
    with pytest.raises(Refusal) as refusal:
        prodops(*words, today=today)
    return f"{refusal.value.says} {refusal.value.remedy}"


def test_a_fresh_log_says_how_to_begin(prodops: Prodops) -> None:
    assert "Record one: prodops decide" in prodops("decisions", "list")
    assert "Nothing is due within 30 days." in prodops("decisions", "due")
    assert "No decision is recorded yet" in refused(prodops, "decisions", "show", "1")


def test_a_decision_is_recorded_listed_and_shown(prodops: Prodops) -> None:
    said = prodops(*RETIRE)
    assert "Recorded as decision 1: Which plan do we retire?" in said
    assert "predicted tickets a week: 20 to 60, checked on 2026-09-30" in said
    assert "Which plan do we retire?" in prodops("decisions", "list")
    shown = prodops("decisions", "show", "retire")
    assert "stakes high, cannot be taken back at little cost" in shown
    assert "data: 4% of revenue @ dbt:metric:revenue" in shown
    assert "intuition speaks against it" in shown
    assert "ends before its review if: 30 customers leave" in shown
    assert json.loads(prodops("decisions", "show", "1", "--json"))["state"] == "standing"
    (one,) = json.loads(prodops("decisions", "list", "--json"))["decisions"]
    assert (one["number"], one["review_on"]) == ("1", "2026-09-28")
    assert "Reversed within" not in prodops("show", "decisions")


def test_a_refusal_is_a_sentence_and_what_to_do(prodops: Prodops) -> None:
    assert '--option "do nothing"' in refused(prodops, *RETIRE[:6])
    assert "GOV03" in refused(prodops, *RETIRE, "--ai", "They love it")
    assert "Recorded" in prodops(*RETIRE, "--ai", "They love it", "--reviewed-by", "bob@example.com")
    assert "prodops decide --template" in refused(prodops, "decide")
    assert "cannot be read" in refused(prodops, "decide", "--from", "nowhere.yaml")
    assert "is no field" in refused(prodops, "decide", "--from", str(_file("colour: red\n")))


def _file(text: str) -> Path:
    path = Path("given.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_recorded_and_flags_win(prodops: Prodops) -> None:
    assert prodops("decide", "--template") == TEMPLATE
    path = str(_file(TEMPLATE.replace("2026-11-02", "2026-06-02").replace("needed: 2026-12-01", "")))
    declared = json.loads(prodops("decide", "--from", path, "--chosen", "Team", "--json"))["declared"]
    assert (declared[0]["chosen"], len(declared)) == ("Team", 4)


def test_a_record_is_taken_back(prodops: Prodops) -> None:
    prodops(*RETIRE)
    assert "Taken back as a mistake" in prodops("decide", "--undo", "1")
    assert "No decision is recorded yet" in prodops("decisions", "list")
    prodops(*RETIRE)
    assert json.loads(prodops("decide", "--undo", "2", "--json"))["declared"][0]["taken_back"]


def test_a_question_waits_is_due_and_is_answered(prodops: Prodops) -> None:
    prodops("decisions", "ask", "Do we open an office?", "--needed", "2026-07-10", "--asked", "2026-06-01")
    assert "asked 2026-06-01" in prodops("decisions", "list")
    assert "Decide Q1: Do we open an office?" in prodops("decisions", "due")
    options = ("--option", "open", "--option", "do nothing", "--chosen", "open", "--intuition", "we want to")
    assert "decision 1: Do we open an office?" in prodops("decide", "--answers", "Q1", *options)
    prodops("decisions", "ask", "Do we move?")
    assert "Withdrawn today" in prodops("decisions", "withdraw", "Q2")


def test_what_became_of_decisions_is_declared_and_taken_back(prodops: Prodops) -> None:
    prodops(*RETIRE)
    assert "It is open again" in prodops(
        "decisions", "reopen", "1", "--why", "Sales objects", "--new-evidence"
    )
    assert "it stands again" in prodops("decisions", "reopen", "1", "--undo")
    assert "Kept" in prodops("decisions", "score", "1", "--by", "ann@example.com", "--points", "3,2,4,3,3,4")
    assert "six points" in refused(prodops, "decisions", "score", "1", "--points", "3,2")
    assert "Taken back" in prodops("decisions", "score", "1", "--by", "ann@example.com", "--undo")
    words = ("decisions", "resolve", "1", "--came", "41", "--turned-out", "right", "--note", "41 in autumn")
    assert "not before" in refused(prodops, *words)
    assert "Kept" in prodops(*words, today="2026-10-01")
    shown = prodops("decisions", "show", "1")
    assert "resolved on 2026-10-01, came to 41, turned out right: 41 in autumn" in shown
    assert "Taken back" in prodops("decisions", "resolve", "1", "--undo", today="2026-10-02")
    assert "is not a day" in refused(prodops, "decisions", "resolve", "1", "--next-review", "soon")


def test_one_decision_takes_the_place_of_another(prodops: Prodops) -> None:
    prodops(*RETIRE)
    new = ("decisions", "supersede", "1", "--chosen", "do nothing", "--evidence", "c: they stay")
    assert 'Shortest: --why "WORDS"' in refused(prodops, *new)
    said = prodops(*new, "--why", "Starter sells", "--planned")
    assert "Recorded as decision 2: Which plan do we retire?" in said
    assert "supersede 2 --undo" in said
    first, second = prodops("decisions", "show", "1"), prodops("decisions", "show", "2")
    assert "superseded by decision 2" in first
    assert "reversed on 2026-06-30, as planned: Starter sells" in first
    assert "supersedes decision 1" in second
    assert "former decision stands again" in prodops("decisions", "supersede", "2", "--undo")
    assert "superseded by" not in prodops("decisions", "show", "1")


def test_what_is_due_is_a_calendar_that_a_reader_of_calendars_reads(prodops: Prodops, tmp_path: Path) -> None:
    prodops(*RETIRE)
    prodops("decisions", "ask", "Do we move?", "--needed", "2026-07-01")
    prodops("decisions", "due", "--ics", "due.ics")
    first = (tmp_path / "due.ics").read_bytes()
    events = {
        str(one["summary"]): one
        for one in icalendar.Calendar.from_ical(first).walk("VEVENT")
    }  # fmt: skip
    assert {title: one.decoded("dtstart") for title, one in events.items()} == {
        "Decide Q1: Do we move?": date(2026, 7, 1),
        "Review decision 1: Which plan do we retire?": date(2026, 9, 28),
        "Check the prediction of 1: Which plan do we retire?": date(2026, 9, 30),
    }
    assert len({str(one["uid"]) for one in events.values()}) == 3
    assert "Predicted: tickets a week: 20 to 60" in str(
        events["Check the prediction of 1: Which plan do we retire?"]["description"]
    )
    prodops("decisions", "due", "--ics", "due.ics", today="2026-07-05")
    assert (tmp_path / "due.ics").read_bytes() == first
    assert "4 over" in prodops("decisions", "due", today="2026-07-05")
    assert "today" in prodops("decisions", "due", today="2026-07-01")
    assert len(json.loads(prodops("decisions", "due", "--within", "365", "--json"))["due"]) == 3
    assert "cannot be written" in refused(prodops, "decisions", "due", "--ics", "no/such/folder.ics")


def test_the_table_runs_nothing_in_a_spreadsheet_and_is_read_back(prodops: Prodops, tmp_path: Path) -> None:
    prodops(*RETIRE)
    prodops("decisions", "supersede", "1", "--chosen", "do nothing", "--evidence", "c: x", "--why", "y")
    prodops("decisions", "export", "log.csv")
    content = (tmp_path / "log.csv").read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert rows[0]["dissent"] == "'=Sales would keep it"
    assert (rows[0]["evidence"], rows[0]["ended planned"]) == ("data", "no")
    records = [
        record for entry in parse(SourceFile(name="log.csv", content=content)) for record in entry.records
    ]
    back = [one for one in records if isinstance(one, LoggedDecision)]
    assert [one.question for one in back] == ["Which plan do we retire?"] * 2
    assert (back[0].dissent, back[0].data_says, back[0].predicted_high_number) == (
        "=Sales would keep it", "for", 60.0,
    )  # fmt: skip
    assert (back[0].state, back[0].ended_on, back[0].options) == (
        "superseded", date(2026, 6, 30), ("Starter", "do nothing"),
    )  # fmt: skip


def test_records_read_from_files_stand_beside_and_exports_of_ones_own_do_not_count_twice(
    prodops: Prodops, tmp_path: Path
) -> None:
    prodops(*RETIRE)
    (tmp_path / "adr").mkdir()
    (tmp_path / "adr/0001-x.md").write_text(
        "# 1. Use x\n\nDate: 2026-01-05\n\n## Status\n\nAccepted\n\n## Context\n\nc\n"
        "\n## Decision\n\nWe use x.\n\n## Consequences\n\nnone\n",
        encoding="utf-8",
    )
    prodops("decisions", "export", "log.csv")
    prodops("add", "adr", "log.csv")
    assert "1 more were read from files" in prodops("decisions", "list")
    assert "adr:1" in prodops("decisions", "list", "--all")
    shown = prodops("decisions", "show", "adr:1")
    assert "chosen: We use x." in shown
    assert "read from adr/0001-x.md, line 1" in shown
    assert len(json.loads(prodops("decisions", "list", "--all", "--json"))["decisions"]) == 2


def test_in_a_terminal_it_asks_one_by_one(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    answers = "Do we drop it?\nDrop it\n\n1\n\n\ni: it is old\n\n\n\n\n\n\n\n"
    os.write(ours, answers.encode())
    done = subprocess.run(
        [sys.executable, "-c", "from prodops.serve.cli import main; main()", "decide", "-w", str(tmp_path)],
        stdin=theirs, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert "Recorded as decision 1: Do we drop it?" in done.stdout, done.stderr
    assert "3 Which was chosen? Its number [1]" in done.stdout


class Typed:
    """Somebody at a terminal."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.told: list[str] = []

    def talk(self) -> Talk:
        return Talk(lambda _, default: self.lines.pop(0) or default, self.told.append)


def test_a_dozen_answers_are_a_decision() -> None:
    typed = Typed(
        "", "Do we drop it?", "", "Drop it", "Keep it", "", "9", "1", "", "2026-13-01", "2026-06-01",
        "it is old", "", "a: summary", "d: 3% of sessions", "", "maybe", "for", "against: Keep it",
        "tickets: 5 to 9", "", "over 30 leave", "", "Sales",
    )  # fmt: skip
    draft = draft_of(asked_for(typed.talk(), today=date(2026, 6, 30)))
    assert draft.options == ("Drop it", "Keep it", "do nothing")
    assert (draft.chosen, draft.owner, draft.asked_on) == ("Drop it", "", date(2026, 6, 1))
    assert (draft.low, draft.high, draft.resolves_on) == (5.0, 9.0, date(2026, 9, 28))
    assert (draft.intuition_toward, draft.dissent) == ("Keep it", "Sales")
    assert [one.words for one in draft.evidence] == ["3% of sessions"]
    told = " ".join(typed.told)
    assert "is no day" in told
    assert "AI evidence needs reviewed-by" in told
    assert "does not say what kind" in told
    assert "One line at least" in told
    assert "is no direction" in told


def test_a_prediction_without_an_interval_is_asked_how_likely_it_is() -> None:
    typed = Typed(
        "A", "do nothing", "", "A", "ann@example.com", "", "i: felt right", "", "", "", "it sells", "80%", "",
        "", "", "",
    )  # fmt: skip
    draft = draft_of(asked_for(typed.talk(), today=date(2026, 6, 30), question="Which?"))
    assert (draft.probability, draft.owner, draft.options) == (0.8, "ann@example.com", ("A", "do nothing"))


def test_what_was_typed_is_kept_when_it_is_refused(
    prodops: Prodops, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fields = {
        "question": "Which plan do we retire?",
        "option": ["A", "B"],
        "chosen": "A",
        "evidence": ["d: x"],
    }
    monkeypatch.setattr(decide, "_asked", lambda *_: fields)
    said = refused(prodops, "decide")
    assert "prodops decide --from decision-draft.yaml" in said
    text = (tmp_path / "decision-draft.yaml").read_text(encoding="utf-8")
    (tmp_path / "decision-draft.yaml").write_text(text.replace("- B", "- do nothing"), encoding="utf-8")
    assert "Recorded" in prodops("decide", "--from", "decision-draft.yaml")
