"""Sessions and tokens: known by a digest, ended by their holder, by an owner and by the clock."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State
from prodops.serve.people.people import People
from prodops.serve.people.roles import PeopleError
from serve.visiting import Clock

ADA, BO = "ada@example.com", "bo@example.com"


@pytest.fixture
def ada(people: People) -> str:
    return people.accounts.add(ADA, role="owner").account


@pytest.fixture
def bo(people: People, ada: str) -> str:
    assert ada
    return people.accounts.add(BO, role="contributor").account


def test_a_session_says_who_comes_and_only_its_digest_is_kept(people: People, state: State, bo: str) -> None:
    secret = people.sessions.begin(bo, browser="Firefox on Linux")
    visitor = people.sessions.visitor(secret)
    assert visitor is not None
    assert (bo, "bo", "contributor", "browser", BO) == (
        visitor.account, visitor.name, visitor.role, visitor.by, visitor.email,
    )  # fmt: skip
    with state.reading() as connection:
        stored = str(connection.execute(sa.select(site_tables().session)).all())
    assert secret not in stored
    assert people.sessions.visitor(secret + "x") is None
    assert people.sessions.visitor("") is None


def test_a_session_ends_when_nobody_comes_for_a_while(people: People, clock: Clock, bo: str) -> None:
    secret = people.sessions.begin(bo, browser="")
    for _ in range(3):
        clock.passes(hours=1.9)
        assert people.sessions.visitor(secret) is not None, "each visit begins the while anew"
    clock.passes(hours=2)
    assert people.sessions.visitor(secret) is None
    assert () == people.sessions.open_of(bo)


def test_a_session_ends_after_its_longest_time_however_often_somebody_comes(
    people: People, clock: Clock, bo: str
) -> None:
    secret = people.sessions.begin(bo, browser="")
    for _ in range(71):
        clock.passes(hours=1)
        assert people.sessions.visitor(secret) is not None
    clock.passes(hours=1)
    assert people.sessions.visitor(secret) is None


def test_signing_out_ends_one_and_everywhere_ends_all_of_one_account(
    people: People, ada: str, bo: str
) -> None:
    mine = [people.sessions.begin(bo, browser=name) for name in ("one", "two", "three")]
    other = people.sessions.begin(ada, browser="")
    people.sessions.end(mine[0])
    people.sessions.end_one(bo, next(one.key for one in people.sessions.open_of(bo) if one.label == "two"))
    assert [None, None] == [people.sessions.visitor(one) for one in mine[:2]]
    assert 1 == people.sessions.end_all(bo)
    assert people.sessions.visitor(mine[2]) is None
    assert people.sessions.visitor(other) is not None


def test_nobody_ends_the_session_of_another_by_its_name(people: People, ada: str, bo: str) -> None:
    secret = people.sessions.begin(ada, browser="")
    key = people.sessions.open_of(ada)[0].key
    for account, name in ((bo, key), (ada, ""), (ada, "%"), (ada, key[:5])):
        with pytest.raises(PeopleError, match="none called"):
            people.sessions.end_one(account, name)
    assert people.sessions.visitor(secret) is not None


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(people: People, bo: str) -> None:
    secret = people.sessions.begin(bo, browser="")
    _, token = people.tokens.create(bo, "contributor", label="load", role="contributor", days=1)
    people.accounts.set_role(BO, "auditor")
    visitor, program = people.sessions.visitor(secret), people.tokens.visitor(token)
    assert visitor is not None
    assert "auditor" == visitor.role
    assert program is not None
    assert "viewer" == program.role, "what contributor and auditor both may"


def test_a_token_lets_in_until_it_expires_or_is_revoked(
    people: People, state: State, clock: Clock, bo: str
) -> None:
    made, secret = people.tokens.create(bo, "contributor", label="nightly  export", role="viewer", days=2)
    assert ("nightly export", "viewer", None) == (made.label, made.role, made.seen_at)
    visitor = people.tokens.visitor(secret)
    assert visitor is not None
    assert (bo, "viewer", "token") == (visitor.account, visitor.role, visitor.by)
    assert people.tokens.open_of(bo)[0].seen_at is not None
    with state.reading() as connection:
        assert secret not in str(connection.execute(sa.select(site_tables().api_token)).all())
    _, other = people.tokens.create(bo, "contributor", label="two", role="viewer", days=2)
    people.tokens.revoke(bo, made.key)
    assert people.tokens.visitor(secret) is None
    assert people.tokens.visitor(other) is not None
    clock.passes(days=2)
    assert people.tokens.visitor(other) is None
    assert () == people.tokens.open_of(None)


@pytest.mark.parametrize(
    ("role", "label", "days"),
    [
        ("owner", "x", 1), ("auditor", "x", 1), ("viewer", " ", 1), ("viewer", "x", 0),
        ("viewer", "x", 367), ("god", "x", 1),
    ],
)  # fmt: skip
def test_a_token_is_no_more_than_its_account_and_says_what_it_is_for(
    people: People, bo: str, role: str, label: str, days: int
) -> None:
    with pytest.raises(PeopleError):
        people.tokens.create(bo, "contributor", label=label, role=role, days=days)
    assert () == people.tokens.open_of(bo)


def test_a_session_is_no_token_and_a_token_no_session(people: People, bo: str) -> None:
    _, token = people.tokens.create(bo, "contributor", label="x", role="viewer", days=1)
    assert people.sessions.visitor(token) is None
    assert people.tokens.visitor(people.sessions.begin(bo, browser="")) is None
