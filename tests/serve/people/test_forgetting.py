"""Who is forgotten has no account any more, and the access log no longer says that it was them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from prodops.ledger.state import State, open_state
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal
from prodops.serve.people.access_log import Asked
from prodops.serve.people.door import Door
from prodops.serve.people.forgetting import FORGOTTEN, check_forgettable, forget_account
from prodops.serve.people.people import People, people_of
from prodops.serve.people.roles import PeopleError

ADA, BO = "ada@example.com", "bo@example.com"


def test_everything_of_the_account_is_gone_and_the_log_keeps_what_was_done(
    people: People, state: State
) -> None:
    ada = people.accounts.add(ADA, role="owner").account
    bo = people.accounts.add(BO, role="viewer").account
    session = people.sessions.begin(bo, browser="x")
    _, token = people.tokens.create(bo, "viewer", label="x", role="viewer", days=1)
    for account in (ada, bo):
        people.log.note(account, "read", "GET /interviews")
    assert 1 == forget_account(state, ["Bo Chen", "BO@example.com"])
    assert [ADA] == [one.email for one in people.accounts.all()]
    assert people.sessions.visitor(session) is None
    assert people.tokens.visitor(token) is None
    assert [FORGOTTEN, ada] == [one.account for one in people.log.all(Asked())]


def test_the_last_owner_is_forgotten_once_there_is_another(people: People, state: State) -> None:
    check_forgettable(state, [ADA])
    people.accounts.add(ADA, role="owner")
    with pytest.raises(PeopleError, match="last owner"):
        check_forgettable(state, [ADA])
    people.accounts.add(BO, role="owner")
    check_forgettable(state, [ADA])


def test_the_command_forgets_the_account_and_refuses_before_anything_is_gone(tmp_path: Path) -> None:
    def run(*words: str) -> object:
        return CliRunner().invoke(app, [*words, "-w", str(tmp_path / ".prodops")]).exception

    run("account", "add", ADA, "--role", "owner", "--no-password")
    assert isinstance(run("forget", ADA, "--yes"), Refusal)
    run("account", "add", BO, "--role", "owner", "--no-password")
    assert run("forget", ADA, "--yes") is None
    state = open_state(tmp_path / ".prodops", None)
    assert [BO] == [one.email for one in people_of(state, Door()).accounts.all()]
    state.close()
