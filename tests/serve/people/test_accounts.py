"""Accounts: kept by the pseudonym of their address, and one owner at least stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from prodops.ledger.record import person_id
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State
from prodops.ledger.store import open_store
from prodops.serve.people import passwords
from prodops.serve.people.people import People
from prodops.serve.people.roles import ADMITTED, ROLES, PeopleError, lesser, within
from serve.visiting import PASSWORD

ADA, BO = "ada@example.com", "bo@example.com"


def row(state: State, email: str) -> sa.Row[tuple[object, ...]]:
    table = site_tables().account
    with state.reading() as connection:
        return connection.execute(table.select().where(table.c.email == email)).one()


def test_an_account_is_its_address_pseudonym_and_comes_in_by_its_password(people: People) -> None:
    made = people.accounts.add(" Ada@Example.com ", name="Ada  L", role="owner", password=PASSWORD)
    assert (person_id(ADA), ADA, "Ada L", "owner") == (made.account, made.email, made.name, made.role)
    found = people.accounts.with_password("ADA@example.com", PASSWORD)
    assert found is not None
    assert made.account == found.account
    assert people.accounts.with_password(ADA, PASSWORD + "!") is None
    assert people.accounts.with_password("nobody@example.com", PASSWORD) is None


def test_the_first_account_is_an_owner_and_no_address_has_two(people: People) -> None:
    with pytest.raises(PeopleError, match="first account must be an owner"):
        people.accounts.add(ADA, role="viewer", password=PASSWORD)
    people.accounts.add(ADA, role="owner", password=PASSWORD)
    with pytest.raises(PeopleError, match="has an account already"):
        people.accounts.add("ADA@example.com", role="viewer", password=PASSWORD)


@pytest.mark.parametrize(
    "email", ["", "ada", "a b@example.com", "<ada@example.com>", "ada@", "a@b@c", "a@b,c"]
)
def test_what_is_no_address_is_refused(people: People, email: str) -> None:
    with pytest.raises(PeopleError, match="no e-mail address"):
        people.accounts.add(email, role="owner", password=PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 1_025, "ada@example.com"])
def test_a_password_is_long_and_not_the_address(people: People, password: str) -> None:
    with pytest.raises(PeopleError):
        people.accounts.add(ADA, role="owner", password=password)
    assert not people.accounts.exist()


def test_only_what_argon2id_makes_of_a_password_is_kept(people: People, state: State) -> None:
    people.accounts.add(ADA, role="owner", password=PASSWORD)
    kept = row(state, ADA).password
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in kept


def test_a_password_kept_by_weaker_parameters_is_kept_anew_at_sign_in(people: People, state: State) -> None:
    people.accounts.add(ADA, role="owner", password=PASSWORD)
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    with state.writing() as connection:
        connection.execute(site_tables().account.update().values(password=weak))
    assert passwords.outdated(weak)
    assert people.accounts.with_password(ADA, PASSWORD) is not None
    assert not passwords.outdated(row(state, ADA).password)
    assert people.accounts.with_password(ADA, PASSWORD) is not None


def test_whom_nobody_knows_costs_as_many_checks_as_whom_somebody_does(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.accounts.add(ADA, role="owner", password=PASSWORD)
    people.accounts.add(BO, role="viewer", password=None)
    checked: list[str] = []
    true = PasswordHasher.verify

    def verify(hasher: PasswordHasher, kept: str, password: str) -> bool:
        checked.append(kept)
        return true(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    for email in (ADA, BO, "nobody@example.com"):
        assert people.accounts.with_password(email, "a wrong password") is None
    assert 3 == len(checked)
    assert all(kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for kept in checked), "at the same cost"


def test_an_account_without_a_password_comes_in_by_none(people: People) -> None:
    people.accounts.add(ADA, role="owner", password=None)
    assert people.accounts.with_password(ADA, "") is None


def test_the_last_owner_stays_whatever_is_tried(people: People) -> None:
    people.accounts.add(ADA, role="owner", password=PASSWORD)
    with pytest.raises(PeopleError, match="last owner"):
        people.accounts.set_role(ADA, "viewer")
    with pytest.raises(PeopleError, match="last owner"):
        people.accounts.disable(ADA)
    people.accounts.add(BO, role="owner", password=PASSWORD)
    assert "viewer" == people.accounts.set_role(ADA, "viewer").role
    with pytest.raises(PeopleError, match="last owner"):
        people.accounts.disable(BO)


def test_two_owners_who_demote_each_other_at_once_leave_one(people: People) -> None:
    for email in (ADA, BO):
        people.accounts.add(email, role="owner", password=None)

    def demote(email: str) -> bool:
        try:
            people.accounts.set_role(email, "viewer")
        except PeopleError:
            return False
        return True

    for _ in range(5):
        with ThreadPoolExecutor(2) as both:
            assert [False, True] == sorted(both.map(demote, (ADA, BO)))
        for email in (ADA, BO):
            people.accounts.set_role(email, "owner")


def test_a_disabled_account_lets_nobody_in_until_it_is_enabled(people: People) -> None:
    people.accounts.add(ADA, role="owner", password=PASSWORD)
    bo = people.accounts.add(BO, role="contributor", password=PASSWORD).account
    session = people.sessions.begin(bo, browser="")
    _, token = people.tokens.create(bo, "contributor", label="x", role="viewer", days=1)
    people.accounts.disable(BO)
    assert people.accounts.with_password(BO, PASSWORD) is None
    assert people.sessions.visitor(session) is None
    assert people.tokens.visitor(token) is None
    people.accounts.enable(BO)
    assert people.accounts.with_password(BO, PASSWORD) is not None
    assert people.sessions.visitor(session) is None, "a session that ended stays ended"
    assert people.tokens.visitor(token) is not None


def test_a_new_password_ends_what_was_open_and_the_old_one(people: People) -> None:
    ada = people.accounts.add(ADA, role="owner", password=PASSWORD).account
    session = people.sessions.begin(ada, browser="")
    people.accounts.set_password(ADA, "another four words")
    assert people.sessions.visitor(session) is None
    assert people.accounts.with_password(ADA, PASSWORD) is None


def test_who_is_not_there_cannot_be_changed(people: People) -> None:
    with pytest.raises(PeopleError, match="no account"):
        people.accounts.set_role("nobody@example.com", "viewer")
    with pytest.raises(PeopleError, match="no role"):
        people.accounts.add(ADA, role="emperor", password=None)


def test_accounts_can_be_made_before_anything_is_loaded(tmp_path: Path, people: People) -> None:
    people.accounts.add(ADA, role="owner", password=None)
    open_store(tmp_path / "elsewhere").close()
    assert people.accounts.owned()


def test_a_role_within_another_gives_nothing_that_the_other_does_not() -> None:
    def gives(role: str) -> set[str]:
        return {asked for asked in ROLES if role in ADMITTED[asked]}

    for one in ROLES:
        for other in ROLES:
            assert (gives(one) <= gives(other)) == within(one, other)
            assert gives(lesser(one, other)) <= gives(one) & gives(other)
