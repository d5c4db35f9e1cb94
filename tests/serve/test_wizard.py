"""From files sent by a browser to what is told of them: hostile ones are shown, never half a load."""

from __future__ import annotations

import gzip
import io
import json
import re
import socket
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from prodops.ledger.store import open_store
from prodops.serve.intake.incoming import INCOMING
from prodops.serve.intake.limits import UploadLimits
from prodops.serve.settings import Settings
from prodops.serve.web.snapshots import Snapshots
from serve.sending import BOUNDARY, ended, form_of, loaded, post, send, submit
from serve.served import Site, serving

TODAY = datetime(2026, 12, 1, tzinfo=UTC)
HEADER = "name,email,title,team\n"
ROSTER = (HEADER + "Ana Sample,ana@example.com,PM,A\n").encode()
LIMITS = UploadLimits(file_bytes=8 << 20, upload_bytes=16 << 20, files=2_500, keep_free_bytes=0)
BEGIN = "/begin/upload"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / ".prodops"


@pytest.fixture
def site(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that makes no pages: nobody reads one here, and each load would have all of them made."""
    monkeypatch.setattr(Snapshots, "make", lambda *_: False)
    with serving(lambda: Settings(workspace, today=TODAY, upload=LIMITS)) as running:
        yield running


def zipped(**files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def people(workspace: Path) -> int:
    with open_store(workspace) as store:
        return store.counts().get("person", 0)


def incoming(workspace: Path) -> list[str]:
    folder = workspace / INCOMING
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def without_incoming(workspace: Path) -> bool:
    until = time.monotonic() + 20
    while incoming(workspace) and time.monotonic() < until:
        time.sleep(0.05)
    return not incoming(workspace)


def test_an_empty_workspace_leads_to_the_wizard_and_a_filled_one_to_the_brief(site: Site) -> None:
    assert "/begin" == site.ask("/").headers["location"]
    begin = site.ask("/begin").text
    assert "Load the example" in begin
    assert "Google Calendar" in begin
    loaded(site, ("roster.csv", ROSTER))
    assert "/brief" == site.ask("/").headers["location"]
    assert "Load the example" not in site.ask("/begin").text
    refused = post(site, "/begin/example")
    assert 409 == refused.status
    assert "empty workspace" in refused.text


HOSTILE = (
    ("../../../tmp/evil.csv", ROSTER),
    ("C:\\evil\\people.csv", ROSTER.replace(b"Ana", b"Ben").replace(b"ana@", b"ben@")),
    ("<script>alert(1)</script>.csv", b"aaa,bbb\n<img src=x onerror=alert(1)>,2\n"),
    ("empty.csv", b""),
    ("zeros.csv", b"\0" * 5_000),
    ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\xff" * 500),
    ("wrong-type.ics", ROSTER.replace(b"Ana", b"Cem").replace(b"ana@", b"cem@")),
    ("line.csv", b"a" * 3_000_000),
    ("bomb.zip", zipped(**{"zeros.csv": b"0" * 30_000_000})),
    ("bomb.gz", gzip.compress(b"0" * 30_000_000)),
    ("climbs.zip", zipped(**{"../../climbed.csv": ROSTER})),
    ("cut.zip", zipped(**{"a.csv": ROSTER * 50})[:60]),
    ("deep.json", b"[" * 200_000),
    ("half.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:2026"),
    ("latin.csv", HEADER.encode() + "Jörg Beispiel,joerg@example.com,PM,Ä\n".encode("latin-1")),
)


def test_hostile_files_are_told_and_the_good_ones_beside_them_are_read(site: Site, workspace: Path) -> None:
    job = loaded(site, *HOSTILE)
    assert "done" == job["status"]
    assert people(workspace) == 4
    told = {one["name"]: one["says"] for one in job["result"]["unread"]}
    assert {"uploads/empty.csv", "uploads/zeros.csv", "uploads/bomb.zip", "uploads/bomb.gz"} <= set(told)
    assert "unpacks to" in told["uploads/bomb.zip"]
    assert any("climbs.zip!/" in name and "leads out" in says for name, says in told.items())
    assert not list(workspace.parent.rglob("*climbed*"))
    assert not list(workspace.parent.rglob("*evil*"))
    page = site.ask(f"/jobs/{job['job']}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page
    assert without_incoming(workspace)
    assert {200} == {
        site.ask(f"/sources/file?name={quote(name)}").status for name in told if "!/" not in name
    }


def test_two_thousand_files_are_one_upload(site: Site, workspace: Path) -> None:
    files = [(f"notes/{n:04}.csv", f"{HEADER}Ana {n},a{n}@example.com,PM,A\n".encode()) for n in range(2_000)]
    job = loaded(site, *files)
    assert ("done", 2_000, 0) == (job["status"], job["result"]["files"], job["result"]["unread_files"])
    assert 2_000 == people(workspace)
    listed = site.ask("/sources").text
    assert "2,000 files" in listed
    assert listed.count("<tr>") < 50


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("big.csv", b"x" * (9 << 20))], "big.csv holds more than 8 MiB"),
        ([(f"{n}.csv", b"x" * (6 << 20)) for n in range(3)], "All files together"),
        ([(f"{n}.csv", b"x") for n in range(2_501)], "more than 2,500 files"),
        ([], "Choose at least one"),
    ],
)
def test_too_much_is_refused_with_a_sentence_and_leaves_nothing(
    site: Site, workspace: Path, files: list[tuple[str, bytes]], says: str
) -> None:
    refused = send(site, *files)
    assert refused.status in (413, 422)
    assert says in json.loads(refused.text)["says"]
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    page = post(site, BEGIN, form_of(files), Content_Type=kind, Accept="text/html")
    assert refused.status == page.status
    assert says in page.text
    assert not incoming(workspace)
    assert "Nothing has been asked for yet" in site.ask("/jobs").text


def test_a_connection_that_is_cut_leaves_nothing(site: Site, workspace: Path) -> None:
    body = form_of([("roster.csv", ROSTER * 10_000)])
    head = (
        f"POST {BEGIN} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as connection:
        connection.sendall(head + body[: len(body) // 2])
        until = time.monotonic() + 20
        while not incoming(workspace) and time.monotonic() < until:
            time.sleep(0.02)
        assert incoming(workspace)
    assert without_incoming(workspace)
    assert "Nothing has been asked for yet" in site.ask("/jobs").text


def test_another_site_cannot_send_files_or_ask_for_work(site: Site, workspace: Path) -> None:
    foreign = {"Origin": "https://elsewhere.example", "Sec_Fetch_Site": "cross-site"}
    assert 403 == send(site, ("roster.csv", ROSTER), **foreign).status
    for path in ("/begin/example", "/sources/out"):
        assert 403 == post(site, path, **foreign).status
    assert not incoming(workspace)


def test_the_same_file_again_changes_nothing_and_a_newer_one_takes_its_place(
    site: Site, workspace: Path
) -> None:
    two = ROSTER + b"Ben Sample,ben@example.com,Engineer,A\n"
    loaded(site, ("roster.csv", two))
    again = loaded(site, ("roster.csv", two))
    assert 1 == again["result"]["unchanged"]
    assert 2 == people(workspace)
    loaded(site, ("roster.csv", ROSTER))
    assert 1 == people(workspace)


def test_files_are_taken_out_and_put_back_in_the_browser(site: Site, workspace: Path) -> None:
    loaded(site, ("people/roster.csv", ROSTER), ("people/noise.bin", b"\0\1"))
    asks = site.ask("/sources/out?under=uploads/people").text
    assert "Take 2 files out?" in asks
    out = submit(site, "/sources/out", under="uploads/people")
    assert 303 == out.status
    removed = ended(site, out.headers["location"])
    assert (0, "done") == (people(workspace), removed["status"])
    assert "Nothing is loaded yet" in site.ask("/sources").text
    assert "Put everything back" in site.ask(out.headers["location"]).text
    back = submit(site, f"/sources/undo/{removed['job']}")
    assert "2 files are back." == ended(site, back.headers["location"])["words"]
    assert 1 == people(workspace)
    assert {404} == {
        submit(site, "/sources/out", name="uploads/other.csv").status,
        submit(site, "/sources/undo/nothing").status,
        site.ask("/sources/file?name=uploads/other.csv").status,
        site.ask("/sources/out?name=uploads/other.csv").status,
        site.ask("/jobs/nothing").status,
        site.ask("/jobs/nothing/events").status,
        site.ask("/jobs/nothing.json").status,
        post(site, "/jobs/nothing/stop").status,
    }


ODD = b"Nr;Eingang;Wunsch;Lage\n1;2026-09-01 10:00;Dark mode;offen\n2;2026-09-02 11:00;Export;zu\n"


def test_a_table_that_nobody_knows_is_read_once_its_columns_are_named(site: Site, workspace: Path) -> None:
    tables = zipped(**{"deep/odd.csv": ODD})
    job = loaded(site, ("aaa.csv", b"aaa;bbb;ccc\nx;y;z\n"), ("odd.csv", ODD), ("odd.zip", tables))
    names = {one["name"] for one in job["result"]["unread"] if one["table"]}
    assert {"uploads/aaa.csv", "uploads/odd.csv", "uploads/odd.zip!/deep/odd.csv"} == names
    address = f"/sources/columns?name={quote('uploads/odd.csv')}"
    form = site.ask(address).text
    assert "<option>Eingang</option>" in form
    assert "Dark mode" in form
    wrong = submit(site, address, title="Wunsch", created="")
    assert 422 == wrong.status
    assert "created=COLUMN" in wrong.text
    assert 422 == submit(site, address, created="No such column").status
    said = submit(site, address, created="Eingang", title="Wunsch", status="Lage", time_zone="Europe/Berlin")
    assert 303 == said.status
    read = ended(site, said.headers["location"])["result"]
    assert (2, 0) == (read["files"], read["unread_files"])
    with open_store(workspace) as store:
        assert 2 == store.counts()["feedback"]  # both files say the same
    assert 404 == site.ask(address).status
    assert 200 == site.ask(f"/sources/columns?name={quote('uploads/aaa.csv')}").status
    loaded(site, ("next.csv", ODD.replace(b"Dark", b"Light")))
    with open_store(workspace) as store:
        assert 3 == store.counts()["feedback"]


def test_progress_is_a_stream_of_events_that_ends_with_the_work(site: Site) -> None:
    job = json.loads(send(site, ("roster.csv", ROSTER)).text)["job"]
    ended(site, job)
    stream = site.ask(f"{job}/events")
    assert "text/event-stream" in stream.headers["content-type"]
    told = [json.loads(line) for line in re.findall(r"^data: (.*)$", stream.text, re.MULTILINE)]
    assert told[-1]["state"].startswith("done--")
    assert not told[-1]["live"]
    assert '"live": false' in site.ask("/jobs/events").text
    assert "http-equiv" not in site.ask(job).text


def test_work_that_waits_can_be_stopped_and_is_shown_without_scripts(site: Site) -> None:
    first = post(site, "/begin/example").headers["location"]
    waits = json.loads(send(site, ("roster.csv", ROSTER)).text)["job"]
    page = site.ask(waits).text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<progress" in page
    assert "Watch it" in site.ask("/begin").text
    for one in (waits, first):
        assert 303 == post(site, f"{one}/stop").status
        assert "stopped" == ended(site, one)["status"]
    assert "It was stopped" in site.ask(waits).text
