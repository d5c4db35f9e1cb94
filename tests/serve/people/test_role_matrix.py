"""Every address of the site, whoever wrote it: asked as nobody and in each role, it answers as it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fastapi.routing
import pytest
from fastapi import FastAPI, Response
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from prodops.serve.people.door import Door, Provider
from prodops.serve.people.roles import ADMITTED, ROLES, Role
from prodops.serve.web.admission import Needs
from serve.visiting import House, house

OPEN = {
    "/health", "/health.json", "/signin", "/signin/back", "/signin/provider", "/signout", "/theme",
}  # fmt: skip
"""Addresses that nobody needs an account for; whoever adds one here says why.

Health tells a supervisor that the site lives. Sign-in and sign-out are how one comes and goes. The theme is
a cookie of the browser."""

MOUNTED = {"/static"}
"""Files of the site's own looks, the same for everybody."""


@dataclass(frozen=True)
class Asked:
    """One method of one address, and who is let in: None for everybody."""

    method: str
    path: str
    admitted: frozenset[Role] | None

    @property
    def filled(self) -> str:
        return re.sub(r"\{[^}]+\}", "x", self.path)


def test_every_address_says_who_is_let_in(site: House) -> None:
    unsaid = [one.path for one in api_routes(site.app.routes) if not needs(one)]
    assert [] == unsaid, "give its router Depends(Needs(role)), or Needs(None) and a line in OPEN"


def test_what_is_open_to_everybody_is_listed(site: House) -> None:
    found = {one.path for one in asked(site.app) if one.admitted is None}
    assert found <= OPEN, f"open to everybody, and in no list: {sorted(found - OPEN)}"
    assert MOUNTED == {one.path for one in site.app.routes if isinstance(one, Mount)}
    rest = [
        one for one in site.app.routes if not hasattr(one, "original_router") and not isinstance(one, Mount)
    ]
    assert [] == [one for one in rest if not isinstance(one, APIRoute)], "a route that no test can ask"


def test_nobody_is_sent_to_sign_in_or_told_to(stubbed: House) -> None:
    browser = stubbed.browser()
    wrong = [one for one in asked(stubbed.app) if refuses_nobody(browser, one) == (one.admitted is None)]
    assert [] == wrong


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_where_the_address_says_so_and_nowhere_else(stubbed: House, role: Role) -> None:
    browser = stubbed.enter(f"{role}@example.com")
    wrong = []
    for one in asked(stubbed.app):
        status = browser.request(one.method, one.filled).status_code
        admitted = one.admitted is None or role in one.admitted
        if admitted == (status in (401, 403)):
            wrong.append((one, status))
    assert [] == wrong


@pytest.mark.parametrize("role", ROLES)
def test_a_token_is_let_in_by_its_own_role_and_not_by_its_accounts(stubbed: House, role: Role) -> None:
    program = stubbed.browser(authorization=f"Bearer {stubbed.token('owner@example.com', role)}")
    wrong = []
    for one in asked(stubbed.app):
        status = program.request(one.method, one.filled).status_code
        if (one.admitted is None or role in one.admitted) == (status in (401, 403)):
            wrong.append((one, status))
    assert [] == wrong


def test_what_changes_something_is_for_those_who_may(site: House) -> None:
    """A viewer and an auditor change nothing but what is their own."""
    own = {"/settings/password", "/settings/signout", "/settings/signout/everywhere", "/tokens/create",
           "/tokens/revoke"}  # fmt: skip
    unsafe = [
        one for one in asked(site.app) if one.method not in ("GET", "HEAD") and one.path not in OPEN | own
    ]
    loose = [one.path for one in unsafe if one.admitted is None or {"viewer", "auditor"} & one.admitted]
    assert [] == loose


def refuses_nobody(browser: TestClient, one: Asked) -> bool:
    answer = browser.request(one.method, one.filled)
    away = answer.status_code == 303 and answer.headers.get("location", "").startswith("/signin")
    return answer.status_code == 401 or away


def asked(app: FastAPI) -> Iterator[Asked]:
    for route in api_routes(app.routes):
        roles = [one.role for one in needs(route) if one.role is not None]
        admitted = frozenset.intersection(*(ADMITTED[role] for role in roles)) if roles else None
        for method in sorted((route.methods or set()) - {"OPTIONS"}):
            yield Asked(method, route.path, admitted)


def needs(route: APIRoute) -> list[Needs]:
    return [one.call for one in route.dependant.dependencies if isinstance(one.call, Needs)]


def api_routes(routes: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """The routes of the application, also of routers within it."""
    for one in routes:
        inner = getattr(one, "original_router", None)
        if inner is not None:
            yield from api_routes(inner.routes)
        elif isinstance(one, APIRoute):
            yield one


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> House:
    return peopled(tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def stubbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The site with every address answering nothing once somebody is let in, so that nothing is done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fastapi.routing, "run_endpoint_function", nothing)
        yield peopled(tmp_path_factory.mktemp("stubbed"))


async def nothing(**_: object) -> Response:
    return Response(status_code=204)


def peopled(folder: Path) -> House:
    """An account of each role, and an identity provider that is never asked."""
    provider = Provider(issuer="https://login.example.com", client="prodops")
    found = house(folder / "w", door=Door(provider=provider))
    for role in ("owner", "viewer", "contributor", "auditor"):
        found.people.accounts.add(f"{role}@example.com", role=role)
    return found
