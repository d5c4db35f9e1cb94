"""What a server logs names nobody: no address, password, token, secret of a browser or text of a person."""

from __future__ import annotations

import http.client
import logging
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy.exc import IntegrityError

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import open_state
from prodops.serve.people.door import Door
from prodops.serve.people.people import people_of
from serve.labelled import organisation, pms
from serve.visiting import PASSWORD, house

ADA, BO = pms(5)[:2]
WORDS = "Shall Wilhelmina leave the team?"
GUESS = "a guess that is not the password"
MAIN = "from prodops.serve.cli import main; main()"


def told(text: str, secrets: list[str]) -> list[str]:
    return [one for one in secrets if one in text]


def test_a_server_that_was_walked_through_has_logged_nothing_about_anybody(tmp_path: Path) -> None:
    workspace = organisation(tmp_path)
    state = open_state(workspace, None)
    people = people_of(state, Door(longest=timedelta(days=1)))
    ada = people.accounts.add(ADA, role="owner", password=PASSWORD).account
    _, token = people.tokens.create(ada, "owner", label="walk", role="owner", days=1)
    command = [sys.executable, "-c", MAIN, "serve", "--port", "0", "-w", str(workspace)]
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=quiet
    ) as running:
        try:
            assert running.stdout is not None
            port = int(running.stdout.readline().split()[1].rpartition(":")[2])
            secret = walk(port, token)
        finally:
            running.terminate()
        out, errors = running.communicate(timeout=60)
    state.close()
    assert secret
    assert [] == told(out + errors, [ADA, BO, PASSWORD, GUESS, token, secret, WORDS, ada])


def walk(port: int, token: str) -> str:
    """Sign in wrongly and rightly, read and write, by cookie and token; the cookie's secret comes back."""

    def ask(
        method: str, path: str, fields: dict[str, str] | None = None, **headers: str
    ) -> http.client.HTTPMessage:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        form = {"Content-Type": "application/x-www-form-urlencoded"} if fields is not None else {}
        connection.request(method, path, urlencode(fields or {}) or None, {**headers, **form})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.headers

    ask("POST", "/signin", {"email": BO, "password": GUESS})
    kept = ask("POST", "/signin", {"email": ADA, "password": PASSWORD}).get_all("set-cookie") or []
    cookie = next(one.partition(";")[0] for one in kept if one.startswith("prodops="))
    for path in (
        "/brief",
        "/evidence?of=ritual_rot",
        "/people",
        "/access",
        "/nowhere",
        f"/brief?who={ADA}",
        "/%00",
    ):
        ask("GET", path, Cookie=cookie)
        ask("GET", path, Authorization=f"Bearer {token}")
    ask("POST", "/people/add", {"email": BO}, Cookie=cookie)
    ask("POST", "/label/me", {}, Cookie=cookie)
    ask("POST", "/decide", {"question": WORDS}, Cookie=cookie)
    ask("POST", "/decide", {"strange": WORDS}, Cookie=cookie)
    ask("GET", "/problems", Authorization=f"Bearer {token}x")
    return cookie.partition("=")[2]


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
