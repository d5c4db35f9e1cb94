"""`prodops label`: draws, asks one key a block, goes back, stops and goes on, and shows nobody's answers."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from prodops.ledger.record import person_id
from prodops.serve.bootstrap import open_workspace
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal
from prodops.views.label_answers import LABEL_ANSWERS
from serve.labelled import TODAY, organisation, pms


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return organisation(tmp_path_factory.mktemp("label"))


@pytest.fixture
def workspace(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")
    return shutil.copytree(loaded, tmp_path / ".prodops")


def run(workspace: Path, *words: str, keys: str = "") -> Result:
    done = CliRunner().invoke(app, ["label", *words, "-w", str(workspace)], input=keys)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def answers(workspace: Path, me: str) -> list[str]:
    """What a PM answered about each block, in the order asked; as the log has it, which no face shows."""
    _, store = open_workspace(workspace)
    with store:
        rows = store.ledger(today=TODAY).sql(
            "select coalesce(a.leaf, '') from label_answers a join meeting m on m.id = a.meeting "
            "where a.person = $me order by m.starts_at desc, a.block",
            {"me": person_id(me)},
            views=[LABEL_ANSWERS],
        )
    return [row[0] for row in rows]


def test_answers_are_shown_to_nobody_again(workspace: Path) -> None:
    run(workspace, "--me", pms(5)[0], keys="z\n")
    shown = run(workspace, "--me", pms(5)[0], "--json").stdout
    assert json.loads(shown)["blocks"][0]["answered"]
    assert "C1" not in shown
    assert "your answer: given before" in run(workspace, "--me", pms(5)[0], keys="u\np\n").stdout


def test_the_first_pm_draws_and_answers_and_goes_on_later(workspace: Path) -> None:
    done = run(workspace, "--me", pms(5)[0], keys="z\nw\np\n")
    assert "Drew" in done.stderr
    assert "1 of" in done.stdout
    assert "drawing the roadmap deck again is C1" in " ".join(done.stdout.split())
    assert ["C1", "A2", ""] == answers(workspace, pms(5)[0])[:3]
    again = run(workspace, "--me", pms(5)[0], keys="s\n")
    assert "3 of" in again.stdout
    assert "Drew" not in again.stderr
    assert ["C1", "A2", "B2", ""] == answers(workspace, pms(5)[0])[:4]


def test_back_corrects_what_was_answered_and_other_keys_do_nothing(workspace: Path) -> None:
    done = run(workspace, "--me", pms(5)[1], keys="z\n8\nu\nX\np\n")
    assert "your answer: C1" in done.stdout
    assert ["C2", ""] == answers(workspace, pms(5)[1])[:2]


def test_a_name_of_the_roster_is_as_good_as_an_address(workspace: Path) -> None:
    run(workspace, "--me", "PM 2", keys="i\n")
    assert "X" == answers(workspace, pms(5)[2])[0]


def test_all_answer_without_a_terminal_and_then_totals_are_told(workspace: Path) -> None:
    run(workspace, "--draw", "--each", "40", "--seed", "s1")
    for me in pms(5):
        count = len(answers(workspace, me))
        given = [word for n in range(count) for word in ("--answer", f"{n + 1}=c1")]
        assert "All answered" in run(workspace, "--me", me, *given).stdout
    (one,) = json.loads(run(workspace, "--json").stdout)
    assert one["finished"]
    assert (one["people"], one["people_answered"]) == (5, 5)
    shown = CliRunner().invoke(app, ["audit", "-w", str(workspace)])
    assert "labelled by 5 PMs" in " ".join(shown.stdout.split())


def test_few_answers_are_never_told_and_nobody_sees_whose_they_are(workspace: Path) -> None:
    run(workspace, "--me", pms(5)[0], keys="z\nz\n")
    shown = run(workspace)
    assert re.search(r"open", shown.stdout)
    assert "pm0" not in shown.stdout
    with pytest.raises(Refusal, match="1 PMs have answered"):
        run(workspace, "--close")


def test_a_closed_sample_is_told_as_such(workspace: Path) -> None:
    for me in pms(5):
        run(workspace, "--me", me, keys="z\n")
    assert "finished" in run(workspace, "--close").stdout
    with pytest.raises(Refusal, match="sampled before"):
        run(workspace, "--me", pms(5)[0])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--me", "nobody@example.com"), "No block of nobody"),
        (("--me", "pm0@example.com", "--answer", "99=C1"), "names no block"),
        (("--me", "pm0@example.com", "--answer", "1=D4"), "no answer"),
        (("--close",), "No sample is open"),
        (("--draw", "--seed", "a b"), "seed"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_remedy(
    workspace: Path, words: tuple[str, ...], says: str
) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        run(workspace, *words)
    assert refused.value.remedy


def test_without_calendars_there_is_nothing_to_ask(tmp_path: Path) -> None:
    assert "No sample has been drawn" in run(tmp_path / "w").stdout
    with pytest.raises(Refusal, match="No calendar"):
        run(tmp_path / "w", "--me", "a@example.com")


def test_one_person_alone_labels_their_own_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")
    workspace = organisation(tmp_path, 1, roster=False)
    run(workspace, "--me", pms(1)[0], keys="z\n" * 40)
    (one,) = json.loads(run(workspace, "--json").stdout)
    assert one["finished"]
