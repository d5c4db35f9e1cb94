"""`prodops account`, `prodops token` and `prodops serve --host`: who may come in is said at the machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from prodops.ledger.state import open_state
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal
from prodops.serve.people.door import Door
from prodops.serve.people.people import people_of
from serve.served import Site

ADA, BO = "ada@example.com", "bo@example.com"
MAIN = "from prodops.serve.cli import main; main()"


def run(workspace: Path, *words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words, "-w", str(workspace)], input=given)


def told(workspace: Path, *words: str) -> Any:
    done = run(workspace, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refusal(workspace: Path, *words: str) -> Refusal:
    done = run(workspace, *words)
    assert isinstance(done.exception, Refusal), done.output
    return done.exception


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with an owner who has a drawn password."""
    folder = tmp_path / ".prodops"
    assert told(folder, "account", "add", ADA, "--role", "owner", "--draw")["password"]
    return folder


def test_an_account_is_made_listed_changed_and_let_in_no_longer(workspace: Path) -> None:
    said = run(
        workspace,
        "account",
        "add",
        BO,
        "--name",
        "Bo Chen",
        "--password-stdin",
        given="four words nobody joins\n",
    )
    assert said.stdout == f"{BO}: viewer, comes by password.\n"
    assert "contributor" == told(workspace, "account", "role", BO, "contributor")["role"]
    assert told(workspace, "account", "disable", BO)["disabled_at"]
    listed = run(workspace, "account", "list").stdout
    assert "Bo Chen" in listed
    assert "disabled" in listed
    assert told(workspace, "account", "enable", BO)["disabled_at"] is None
    assert [ADA, BO] == [one["email"] for one in told(workspace, "account", "list")["accounts"]]
    state = open_state(workspace, None)
    assert people_of(state, Door()).accounts.with_password(BO, "four words nobody joins")
    state.close()


def test_a_password_is_drawn_and_said_once(workspace: Path) -> None:
    drawn = told(workspace, "account", "password", ADA, "--draw")["password"]
    assert drawn not in run(workspace, "account", "list").stdout
    state = open_state(workspace, None)
    assert people_of(state, Door()).accounts.with_password(ADA, drawn)
    state.close()


def test_a_program_is_asked_for_no_password_at_a_terminal_that_is_not_there(workspace: Path) -> None:
    assert "no terminal" in refusal(workspace, "account", "add", BO).says
    assert "--draw" in refusal(workspace, "account", "password", ADA).remedy
    added = told(workspace, "account", "add", BO, "--no-password")
    assert not added["with_password"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("account", "add", "nobody"), "no e-mail address"),
        (("account", "add", ADA, "--draw"), "has an account already"),
        (("account", "role", ADA, "viewer"), "last owner"),
        (("account", "disable", ADA), "last owner"),
        (("account", "role", BO, "viewer"), "no account"),
        (("account", "sign-out", BO), "no account"),
        (("token", "create", ADA, "--label", "x", "--role", "emperor"), "no role"),
        (("token", "revoke", "000000000000"), "none called"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    workspace: Path, words: tuple[str, ...], says: str
) -> None:
    found = refusal(workspace, *words)
    assert says in found.says
    assert found.remedy


def test_tokens_are_made_listed_and_revoked(workspace: Path) -> None:
    made = told(workspace, "token", "create", ADA, "--label", "nightly", "--days", "2")
    assert made["token"].startswith("prodops_")
    shown = run(workspace, "token", "create", ADA, "--label", "other").stdout
    assert "It is shown this once" in shown
    listed = run(workspace, "token", "list").stdout
    assert made["key"] in listed
    assert made["token"] not in listed
    assert "lets nothing in" in run(workspace, "token", "revoke", made["key"]).stdout
    assert ["other"] == [one["label"] for one in told(workspace, "token", "list")["tokens"]]
    told(workspace, "token", "revoke", told(workspace, "token", "list")["tokens"][0]["key"])
    assert "No token" in run(workspace, "token", "list").stdout


def test_sessions_are_ended_at_the_machine(workspace: Path) -> None:
    state = open_state(workspace, None)
    people = people_of(state, Door())
    secret = people.sessions.begin(people.accounts.of(ADA).account, browser="x")
    assert f"{ADA}: 1 session ended.\n" == run(workspace, "account", "sign-out", ADA).stdout
    assert people.sessions.visitor(secret) is None
    state.close()


def test_an_empty_list_says_why_that_is_well(tmp_path: Path) -> None:
    assert "this machine needs none" in run(tmp_path / ".prodops", "account", "list").stdout


def serve(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", MAIN, "serve", "--port", "0", "-w", str(workspace), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_pages_open_to_others_need_an_owner_and_the_command_that_makes_one_is_said(tmp_path: Path) -> None:
    done = serve(tmp_path / ".prodops", "--host", "0.0.0.0")  # noqa: S104 (it must be refused)
    assert 2 == done.returncode
    assert "no owner has an account" in done.stderr
    assert f"account add YOUR-ADDRESS --role owner -w {tmp_path / '.prodops'}" in done.stderr


def test_with_an_owner_they_start_and_ask_everybody_who_they_are(workspace: Path) -> None:
    command = [sys.executable, "-c", MAIN, "serve", "--host", "0.0.0.0", "--port", "0", "-w", str(workspace)]  # noqa: S104 (it is what is tried)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            port = int(running.stdout.readline().split()[1].rpartition(":")[2])
            assert "PRODOPS_HOSTS" in running.stdout.readline()
            assert "https" in running.stdout.readline()
            answer = Site(port).ask("/brief")
        finally:
            running.terminate()
        assert "" == running.communicate(timeout=60)[1]
    assert (303, "/signin?next=%2Fbrief") == (answer.status, answer.headers["location"])


def test_an_address_that_this_machine_does_not_have_is_refused(workspace: Path) -> None:
    done = serve(workspace, "--host", "203.0.113.1")
    assert (2, True) == (done.returncode, "cannot be used" in done.stderr)
