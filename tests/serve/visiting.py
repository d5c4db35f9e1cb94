"""A browser without scripts that asks the application itself: it keeps cookies as a browser would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from prodops.ledger.state import open_state
from prodops.serve.people.door import Door
from prodops.serve.people.people import People, people_of
from prodops.serve.settings import Settings
from prodops.serve.web.app import web_app

HERE = "http://127.0.0.1"
PASSWORD = "four words nobody joins"  # noqa: S105 (of accounts that tests make up)
TODAY = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class House:
    """A site with its people, and browsers for them."""

    app: FastAPI
    people: People
    base: str = HERE

    def browser(self, **headers: str) -> TestClient:
        """A browser in which nobody has signed in yet."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return TestClient(self.app, base_url=self.base, headers=named, follow_redirects=False)

    def add(self, email: str, role: str) -> str:
        """An account with the usual password."""
        return self.people.accounts.add(email, role=role, password=PASSWORD).account

    def enter(self, email: str) -> TestClient:
        """A browser in which somebody has signed in, without the time that a password takes."""
        browser = self.browser()
        account = self.people.accounts.of(email)
        secret = self.people.sessions.begin(account.account, browser="A browser")
        browser.cookies.set("prodops" if self.base.startswith("http:") else "__Host-prodops", secret)
        return browser

    def token(self, email: str, role: str) -> str:
        account = self.people.accounts.of(email)
        return self.people.tokens.create(account.account, account.role, label="test", role=role, days=1)[1]


def house(
    workspace: Path, *, database_url: str | None = None, door: Door | None = None, base: str = HERE
) -> House:
    """A site over a workspace; its people are asked beside the application, in the same database."""
    settings = Settings(workspace, database_url, today=TODAY, door=door or Door())
    workspace.mkdir(parents=True, exist_ok=True)
    app = web_app(lambda: settings)
    return House(app, people_of(open_state(workspace, database_url), settings.door), base)


def sign_in(browser: TestClient, email: str, password: str = PASSWORD, onward: str = "") -> int:
    """Sign in by the form; the status says how it went."""
    fields = {"email": email, "password": password, "next": onward}
    return browser.post("/signin", data=fields).status_code


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None
    return found.group(1)


def cookies(headers: Mapping[str, str]) -> str:
    return headers.get("set-cookie", "")
