"""The kit asks about a PM's own named blocks, keeps to the two of them, and is read back when filled in."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prodops.connectors.interview.parse import parse, recognises
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id
from prodops.ledger.time import InterviewAnswer
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal
from prodops.serve.interview_kit import TOPICS, Titled, form, notes, script, write_kit
from serve.labelled import organisation
from views.block_weeks import TODAY, Week, ledger_of, lived, pms

HOSTILE = 'Sync: "weekly" # {A1} <b>x</b> | [a](http://x.example) `y` \x1b[31m'
WEEK: Week = [("Weekly status report", 4, 20), (HOSTILE, 3, 4), ("Sprint planning", 4, 9)]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger_of(lived(pms(2), WEEK))


def read(name: str, text: str) -> list[InterviewAnswer]:
    file = SourceFile(name=name, content=text.encode())
    assert recognises(file) > 0.9
    found = list(parse(file))
    assert not any(entry.problems for entry in found)
    return [one for entry in found for one in entry.records if isinstance(one, InterviewAnswer)]


def test_each_pm_gets_a_form_and_a_sheet_with_their_own_blocks(ledger: Ledger, tmp_path: Path) -> None:
    written = write_kit(ledger, tmp_path / "kit")
    assert [path.name for path in written] == [
        "script.md",
        *(f"{kind}-{one}.{end}" for one in pms(2) for kind, end in (("form", "yaml"), ("notes", "md"))),
    ]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in written)
    text = written[1].read_text(encoding="utf-8")
    assert 'title: "Weekly status report", times: 4, hours: 16.00, leaf: }' in text
    assert text.index("Weekly status report") < text.index("Sync: ")


def test_a_form_that_was_filled_in_is_read_and_an_empty_one_says_nothing(
    ledger: Ledger, tmp_path: Path
) -> None:
    path = write_kit(ledger, tmp_path)[1]
    text = path.read_text(encoding="utf-8")
    assert read(path.name, text) == []
    filled = text
    for empty, written in (
        ("asked_on: ", "asked_on: 2026-06-30 #"),
        ("times: 4, hours: 16.00, leaf: }\n", "times: 4, hours: 16.00, leaf: C1}\n"),
        ("  A2:\n", "  A2: 6\n"),
        ("  A1: {stated: , ideal: }", "  A1: {stated: , ideal: 100}"),
        ("    says:", "    says: something"),
    ):
        filled = filled.replace(empty, written, 1)
    found = {one.category: one for one in read(path.name, filled)}
    # 16 h of C1, 24 h outside of A2, 28 h of two titles without a leaf.
    assert found["C1"].stated_share == pytest.approx(16 / 68, abs=1e-4)
    assert found["A2"].stated_share == pytest.approx(24 / 68, abs=1e-4)
    assert found["X"].stated_share == pytest.approx(28 / 68, abs=1e-4)
    assert found["A1"].ideal_share == 1
    assert found[TOPICS[0][0]].says == "something"
    assert {one.person for one in found.values()} == {person_id("pm0@example.com")}


def test_notes_that_were_taken_are_read_without_the_questions(ledger: Ledger, tmp_path: Path) -> None:
    path = write_kit(ledger, tmp_path)[2]
    text = path.read_text(encoding="utf-8").replace("asked_on:", "asked_on: 2026-06-30")
    assert read(path.name, text) == []
    (one,) = read(path.name, text.replace(TOPICS[1][1] + "\n", TOPICS[1][1] + "\nWe ship.\n"))
    assert (one.category, one.says) == (TOPICS[1][0], "We ship.")


def test_a_title_is_text_in_whatever_it_stands() -> None:
    blocks = [Titled(HOSTILE, 1.0, 1)]
    assert read("a.yaml", form("a@example.com", blocks)) == []
    assert "\x1b" not in notes("a@example.com", blocks) + form("", blocks)
    assert "\\<b\\>" in notes("a@example.com", blocks)


def test_the_script_asks_for_consent_first_and_for_no_percentage_of_the_week() -> None:
    text = script()
    order = [
        text.index(word) for word in ("Consent", "named recent blocks", "Where it should go", "In words")
    ]
    assert order == sorted(order)
    assert text.index(TOPICS[0][1]) < text.index(TOPICS[1][1])
    assert "Never ask for a percentage" in text
    assert "fewer than five" in text


def test_what_is_there_is_never_written_over(ledger: Ledger, tmp_path: Path) -> None:
    first = write_kit(ledger, tmp_path)
    first[1].write_text("filled in", encoding="utf-8")
    assert write_kit(ledger, tmp_path) == []
    assert first[1].read_text(encoding="utf-8") == "filled in"


def test_without_a_roster_files_have_a_pseudonym_and_nobodys_address(tmp_path: Path) -> None:
    ledger = ledger_of(lived(pms(1), WEEK, roster=False))
    path = write_kit(ledger, tmp_path)[1]
    assert path.name.startswith("form-person-")
    assert "\nperson: \n" in path.read_text(encoding="utf-8")


def test_the_command_writes_the_kit_and_says_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODOPS_TODAY", f"{TODAY:%Y-%m-%d}")
    workspace = organisation(tmp_path, 2)
    words = ["interview", "kit", "--out", str(tmp_path / "kit"), "-w", str(workspace)]
    assert "each of 2 PMs" in CliRunner().invoke(app, words).stdout
    again = CliRunner().invoke(app, [*words, "--json"])
    assert json.loads(again.stdout)["files"] == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused = CliRunner().invoke(app, [*words[:3], str(tmp_path / "file"), *words[4:]])
    assert isinstance(refused.exception, Refusal)
