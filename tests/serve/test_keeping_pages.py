"""What an owner does with all of it in the browser: back up, write out, forget; then delete, unserved."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from ledger.storing import load, meeting, person
from prodops.ledger.store import open_store
from prodops.serve.cli import app
from prodops.serve.keeping.handed import archives, drop_old
from prodops.serve.keeping.serving import is_served, serving
from prodops.serve.people.access_log import Asked
from serve.visiting import House, house

ADA, BO = "ada@example.com", "ann.smith@corp.example"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with open_store(tmp_path / "w") as store:
        load(store, {"a.ics": [meeting("1", "a.ics")]})
        load(store, {"roster.csv": [person("Ann Smith", BO)]}, connector="roster")
    return tmp_path / "w"


@pytest.fixture
def site(workspace: Path) -> House:
    found = house(workspace)
    found.people.accounts.add(ADA, role="owner")
    found.people.accounts.add(BO, role="viewer")
    return found


@pytest.fixture
def owner(site: House) -> Iterator[TestClient]:
    """An owner's browser, at a site whose jobs are done."""
    entered = site.enter(ADA)
    with site.browser() as browser:
        browser.cookies = entered.cookies
        yield browser


def done(browser: TestClient, address: str) -> str:
    """What the job says that an address asked for."""
    asked = browser.post(address)
    assert 303 == asked.status_code
    until = time.monotonic() + 120
    while time.monotonic() < until:
        job = browser.get(f"{asked.headers['location']}.json").json()
        if job["status"] not in ("waiting", "running"):
            assert "done" == job["status"], job
            return str(job["words"])
        time.sleep(0.1)
    raise AssertionError("it was not done")


def fetched(browser: TestClient) -> zipfile.ZipFile:
    """The newest archive that the page offers."""
    way = re.search(r'href="(/keeping/archives/[^"]+)"', browser.get("/keeping").text)
    assert way is not None
    answer = browser.get(way[1])
    assert (200, "application/zip", "no-store") == (
        answer.status_code, answer.headers["content-type"], answer.headers["cache-control"],
    )  # fmt: skip
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_an_owner_takes_everything_along_and_the_log_says_so(
    owner: TestClient, site: House, workspace: Path
) -> None:
    assert "Backed up: " in done(owner, "/keeping/backup")
    archive = fetched(owner)
    assert (None, True) == (archive.testzip(), any("declared" in name for name in archive.namelist()))
    assert "Written out: " in done(owner, "/keeping/everything")
    names = [
        name
        for one in archives(workspace)
        for name in zipfile.ZipFile(workspace / "handed" / one.name).namelist()
    ]
    assert {"README.md", "pages/brief.json"} <= set(names)
    assert {0o600} == {path.stat().st_mode & 0o777 for path in (workspace / "handed").iterdir()}
    read = [one.what for one in site.people.log.rows(Asked(kind="read"), most=50)]
    assert any(what.startswith("GET /keeping/archives/backup-") for what in read)
    for strange in ("nothing.zip", "..%2Fstate.db", "backup-20260101T000000-x.zip"):
        assert 404 == owner.get(f"/keeping/archives/{strange}").status_code
    assert 403 == site.enter(BO).get("/keeping").status_code
    assert 2 == drop_old(workspace, keep=timedelta(0), dry_run=True)
    assert 2 == drop_old(workspace, keep=timedelta(0))
    assert [] == archives(workspace)


def test_an_owner_forgets_somebody_who_is_then_in_nothing_that_waits(
    owner: TestClient, site: House, workspace: Path
) -> None:
    done(owner, "/keeping/backup")
    once = owner.post("/keeping/forget", data={"who": BO, "again": "another@corp.example"})
    assert (422, True) == (once.status_code, "Type the same twice" in once.text)
    last = owner.post("/keeping/forget", data={"who": ADA, "again": ADA})
    assert (422, True) == (last.status_code, "This is the last owner" in last.text)
    assert 422 == owner.post("/keeping/forget", data={"who": "?", "again": "?"}).status_code
    twice = owner.post("/keeping/forget", data={"who": BO, "also": "Ann Smith; ", "again": f" {BO}"})
    assert (303, "/keeping") == (twice.status_code, twice.headers["location"])
    shown = owner.get("/keeping").text
    assert "Forgotten: 1 roster entries are gone" in shown
    assert BO not in shown
    assert [] == archives(workspace)
    assert [ADA] == [one.email for one in site.people.accounts.all()]


def test_a_workspace_is_not_taken_away_from_under_its_server(workspace: Path) -> None:
    words = ["delete-all", "--workspace", str(workspace), "--name", workspace.name]
    with serving(workspace), serving(workspace):
        assert is_served(workspace)
        refused = CliRunner().invoke(app, words)
        assert refused.exit_code != 0
        assert "is being served" in str(refused.exception) + refused.output
    assert not is_served(workspace)
    assert 0 == CliRunner().invoke(app, words).exit_code
    assert not workspace.exists()
