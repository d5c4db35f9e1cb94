"""What a server logs names nobody: no address, password, token, secret of a browser or text of a person."""

from __future__ import annotations

import http.client
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from oidc_provider_mock import User  # type: ignore[import-untyped]  # it carries no types
from sqlalchemy.exc import IntegrityError

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import open_state
from prodops.serve.people.door import Door
from prodops.serve.people.people import people_of
from serve.labelled import organisation, pms
from serve.people.providing import SITE, IdentityProvider, providing
from serve.sending import BOUNDARY, form_of
from serve.visiting import PASSWORD, house

ADA, BO = pms(5)[:2]
WORDS = "Shall Wilhelmina leave the team?"
GUESS = "a guess that is not the password"
CY, CLIENT_SECRET = "cy.zerubbabel@example.com", "the secret of site and provider"
MESSAGE = "Wilhelmina cannot export her invoices since Tuesday"
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
TALKATIVE = "import logging; logging.basicConfig(level=1); from prodops.serve.cli import main; main()"
"""Says everything that any library has to say, but what it is told at its own level not to."""


def told(text: str, secrets: list[str]) -> list[str]:
    return [one for one in secrets if one in text]


def test_a_server_that_was_walked_through_has_logged_nothing_about_anybody(tmp_path: Path) -> None:
    """Every logger of every library says all it has to say, below the level of debugging."""
    workspace = organisation(tmp_path)
    state = open_state(workspace, None)
    people = people_of(state, Door(longest=timedelta(days=1)))
    ada = people.accounts.add(ADA, role="owner", password=PASSWORD).account
    _, token = people.tokens.create(ada, "owner", label="walk", role="owner", days=1)
    known = {"email": ADA, "email_verified": True, "name": "Ada Zerubbabel"}
    with providing(User(sub="subject-of-ada", claims=known)) as provider:
        talkative = {
            **os.environ, "PYTHONWARNINGS": "ignore", "PRODOPS_OIDC_ISSUER": provider.issuer,
            "PRODOPS_OIDC_CLIENT_ID": SITE, "PRODOPS_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }  # fmt: skip
        command = [sys.executable, "-c", TALKATIVE, "serve", "--port", "0", "-w", str(workspace)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=talkative
        ) as running:
            try:
                assert running.stdout is not None
                port = int(running.stdout.readline().split()[1].rpartition(":")[2])
                secrets = [*walk(port, token, workspace), *through_provider(port, provider), *lasting(port)]
            finally:
                running.terminate()
            out, errors = running.communicate(timeout=60)
    state.close()
    assert all(secrets)
    assert "DEBUG" in errors, "it was talkative"
    assert "OperationalError" in errors, "it did fail once, and said where"
    private = [
        ADA,
        BO,
        CY,
        PASSWORD,
        GUESS,
        CLIENT_SECRET,
        token,
        WORDS,
        MESSAGE,
        ada,
        "Zerubbabel",
        "Wilhelmina",
    ]
    assert [] == told(out + errors, [*private, "subject-of-ada", *secrets])


@dataclass
class Walker:
    """Somebody who asks the server, with the cookies that it gave them."""

    port: int
    kept: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None, *, body: bytes | None = None,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> http.client.HTTPResponse:  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        form = {"Content-Type": "application/x-www-form-urlencoded"} if fields is not None else {}
        cookie = (
            {"Cookie": "; ".join(f"{name}={value}" for name, value in self.kept.items())} if self.kept else {}
        )
        sent = body if body is not None else urlencode(fields or {}) or None
        connection.request(method, path, sent, {**cookie, **headers, **form})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        for one in answer.headers.get_all("set-cookie") or []:
            name, _, value = one.partition(";")[0].partition("=")
            self.kept[name] = value
        return answer


def walk(port: int, token: str, workspace: Path) -> list[str]:
    """Sign in wrongly and rightly, read, write, load, fail and forget; the secrets that came back."""
    me = Walker(port)
    me.ask("POST", "/signin", {"email": BO, "password": GUESS})
    assert 303 == me.ask("POST", "/signin", {"email": ADA, "password": PASSWORD}).status
    for path in (
        "/brief",
        "/evidence?of=ritual_rot",
        "/people",
        "/access",
        "/nowhere",
        f"/brief?who={ADA}",
        "/%00",
    ):
        me.ask("GET", path)
        Walker(port).ask("GET", path, headers={"Authorization": f"Bearer {token}"})
    me.ask("POST", "/people/add", {"email": CY, "name": "Cy Zerubbabel"})
    me.ask("POST", "/tokens/create", {"label": "Wilhelmina's", "role": "viewer", "days": "2"})
    me.ask("POST", "/settings/password", {"old": GUESS, "new": GUESS})
    me.ask("POST", "/label/me", {})
    me.ask("POST", "/decide", {"question": WORDS})
    me.ask("POST", "/decide", {"strange": WORDS})
    sheet = f"id,created,text,who\n1,2026-10-01,{MESSAGE},{CY}\n".encode()
    headers = {
        "Accept": "application/json",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    }
    loaded = me.ask("POST", "/begin/upload", body=form_of([("Wilhelmina.csv", sheet)]), headers=headers)
    assert loaded.status < 400, loaded.status
    _breaks(me, workspace)
    assert 303 == me.ask("POST", "/keeping/forget", {"who": BO, "also": "Wilhelmina", "again": BO}).status
    Walker(port).ask("GET", "/problems", headers={"Authorization": f"Bearer {token}x"})
    return [me.kept["prodops"]]


def _breaks(me: Walker, workspace: Path) -> None:
    """Ask for what cannot be answered, since a table is gone for a moment."""
    with closing(sqlite3.connect(workspace / "state.db", isolation_level=None, timeout=60)) as database:
        database.execute("alter table api_token rename to elsewhere")
        assert 500 == me.ask("GET", f"/tokens?who={CY}").status
        assert 500 == me.ask("POST", "/tokens/create", {"label": "Wilhelmina's", "role": "viewer"}).status
        database.execute("alter table elsewhere rename to api_token")


def through_provider(port: int, provider: IdentityProvider) -> list[str]:
    """Come in by the identity provider; what it gave that nobody else may know."""
    me = Walker(port)
    away = me.ask("GET", "/signin/provider?next=/problems").headers["Location"]
    back = provider.lets_in(away, "subject-of-ada")
    assert 303 == me.ask("GET", back).status
    asked = parse_qs(urlsplit(back).query)
    return [asked["code"][0], me.kept["prodops"]]


def lasting(port: int) -> list[str]:
    """Sign out everywhere."""
    me = Walker(port)
    me.ask("POST", "/signin", {"email": ADA, "password": PASSWORD})
    secret = me.kept["prodops"]
    assert 303 == me.ask("POST", "/settings/signout/everywhere", {}).status
    return [secret]


def test_even_where_every_statement_is_logged_no_value_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
    try:
        site = house(tmp_path / "w")
        ada = site.add(ADA, "owner")
        browser = site.browser()
        for password in (GUESS, PASSWORD):
            browser.post("/signin", data={"email": ADA, "password": password})
        token = site.token(ADA, "viewer")
        browser.get("/people", headers={"Authorization": f"Bearer {token}"})
        browser.post("/decide", data={"question": WORDS})
    finally:
        logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    own = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith("httpx"))
    assert "account" in own, "the database did say what it was asked"
    assert [] == told(own, [ADA, PASSWORD, GUESS, token, browser.cookies["prodops"], WORDS, ada])


def test_a_fault_of_the_database_tells_no_values(tmp_path: Path) -> None:
    state = open_state(tmp_path, None)
    people_of(state, Door()).accounts.add(ADA, role="owner")
    with state.noting() as connection:
        row = connection.execute(site_tables().account.select()).one()
    with pytest.raises(IntegrityError) as fault, state.noting() as connection:
        connection.execute(site_tables().account.insert().values(tuple(row)))
    assert ADA not in str(fault.value)
    state.close()
