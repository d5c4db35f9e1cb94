"""`prodops act`: every action by its fields, from its declaration alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prodops.actions import units
from prodops.actions.deed import spelt
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal
from serve.deeds_bench import organisation

Prodops = Callable[..., str]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("act") / ".prodops"
    organisation(folder)
    return folder


@pytest.fixture
def act(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Prodops:
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(workspace))
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["act", *words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout

    return run


def refused(act: Prodops, *words: str) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        act(*words)
    return refusal.value.says, refusal.value.remedy


def test_all_actions_are_listed_and_one_tells_its_fields(act: Prodops) -> None:
    listed = act()
    assert all(spelt(name) in listed for name in units())
    told = act("exit_ritual")
    assert "--because" in told
    assert "For example: prodops act exit-ritual --ritual 'Roadmap review' --because RIT01" in told
    assert {"ask", "exit_ritual"} <= {one["name"] for one in json.loads(act("--json"))["actions"]}
    assert json.loads(act("exit-ritual", "--json"))["required"] == ["ritual"]


def test_an_action_is_done_and_taken_back_as_it_says(act: Prodops) -> None:
    said = act("set_stance", "--ritual", "Roadmap review", "--stance", "own", "--expires=2026-12-01")
    assert "roadmap-review: own, until 2026-12-01." in said
    assert "Undo: prodops act set-stance --ritual roadmap-review --undo" in said
    assert "Taken back" in act("set_stance", "--ritual", "roadmap-review", "--undo")
    (one,) = json.loads(act("declare_purpose", "--ritual", "Roadmap review", "--purpose", "align", "--json"))[
        "declared"
    ]
    assert ("roadmap-review", "align") == (one["ritual"], one["purpose"])


def test_a_rehearsal_declares_nothing(act: Prodops) -> None:
    said = act("ask", "--question", "Do we open the beta?", "--dry-run")
    assert "nothing was declared" in said
    assert "It waits" in act("ask", "--question", "Do we open the beta?")


def test_a_refusal_names_the_command_that_would_do(act: Prodops) -> None:
    says, remedy = refused(act, "exit_ritual", "--ritual", "Roadmap review")
    assert "No exit without a finding" in says
    assert re.fullmatch(r"prodops act exit-ritual --ritual roadmap-review --because RIT0\d", remedy)


@pytest.mark.parametrize(
    ("words", "says", "remedy"),
    [
        (("fly",), "No action is called fly", "All of them: prodops act"),
        (("ask", "--colour", "red"), "--colour is no field of ask", "--question"),
        (("ask", "--question", "x", "--asked", "soon"), "no day", "prodops act ask"),
        (("draw_sample", "--undo"), "cannot be taken back", "the next one begins after it"),
        (("close_campaign",), "No campaign is open", "prodops act start-campaign"),
    ],
)
def test_what_cannot_be_read_says_what_can(
    act: Prodops, words: tuple[str, ...], says: str, remedy: str
) -> None:
    said, told = refused(act, *words)
    assert says in said
    assert remedy in told
