"""The pages in a browser: to this machine alone, computed once per ledger version."""

from __future__ import annotations

import asyncio
import html
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote_plus

import pytest

from prodops.ledger.state import open_state
from prodops.ledger.store import open_store
from prodops.pages import units
from prodops.serve.prepared.computing import make_all
from prodops.serve.prepared.rows import ShownRows, rows_opened_by
from prodops.serve.search.entries import entries
from prodops.serve.settings import Settings
from prodops.serve.web import snapshots
from serve.served import EXAMPLES, Site, load, serving

TODAY = datetime(2026, 12, 1, tzinfo=UTC)
STRICT = ("script-src 'self'", "style-src 'self'", "default-src 'none'", "frame-ancestors 'none'")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("web") / ".prodops", EXAMPLES)


@pytest.fixture(scope="module")
def site(workspace: Path) -> Iterator[Site]:
    with serving(lambda: Settings(workspace, today=TODAY)) as running:
        yield running.made(*(f"/{name}" for name in units()))


@pytest.mark.parametrize("name", list(units()))
def test_every_page_is_there_as_html_and_as_json(site: Site, name: str) -> None:
    page = site.ask(f"/{name}")
    assert 200 == page.status
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>" in page.text
    data = site.ask(f"/{name}.json")
    assert 200 == data.status
    assert name == json.loads(data.text)["name"]


def test_the_first_address_leads_to_the_brief(site: Site) -> None:
    answer = site.ask("/")
    assert (307, "/brief") == (answer.status, answer.headers["location"])


def test_every_page_stands_once_in_the_rail_and_every_link_of_it_leads_somewhere(site: Site) -> None:
    rail = site.ask("/brief").text.partition("<nav")[2].partition("</nav>")[0]
    links = re.findall(r'href="(/[a-z-]+)"', rail)
    assert {*(f"/{name}" for name in units()), "/decide", "/label"} <= set(links)
    assert len(set(links)) == len(links)
    assert {200} == {site.ask(link).status for link in links}


def test_a_page_weighs_little_with_all_that_it_loads(site: Site) -> None:
    """As bytes on the way, with nothing kept from an earlier page: 300 KB, and with charts 1.2 MB."""
    rail = site.ask("/brief").text.partition("<nav")[2].partition("</nav>")[0]
    sizes: dict[str, int] = {}
    for path in [*re.findall(r'href="(/[a-z/-]+)"', rail), "/design", "/evidence?of=ritual_rot"]:
        page = site.ask(path).text
        loaded = re.findall(r'(?:src|rel="stylesheet" href)="(/static/[^"]+)"', page)
        for one in loaded:
            sizes.setdefault(one, len(site.ask(one).text.encode()))
        weight = len(page.encode()) + sum(sizes[one] for one in loaded)
        assert weight <= (1_200_000 if "/static/charts.js" in loaded else 300_000), (path, weight)
        assert loaded, path


@pytest.mark.parametrize("path", ["/brief", "/brief.json", "/static/prodops.css", "/nowhere", "/"])
def test_a_head_request_has_the_headers_of_a_get_and_no_body(site: Site, path: str) -> None:
    got, headed = site.ask(path), site.ask(path, "HEAD")
    assert got.status == headed.status
    assert not headed.text
    assert got.headers.get("content-length") == headed.headers.get("content-length")


@pytest.mark.parametrize("path", ["/brief", "/brief.json", "/static/charts.js", "/nowhere", "/report.html"])
def test_every_answer_forbids_what_no_page_needs(site: Site, path: str) -> None:
    headers = site.ask(path).headers
    policy = headers["content-security-policy"]
    assert all(rule in policy for rule in STRICT)
    assert "unsafe" not in policy
    assert "nosniff" == headers["x-content-type-options"]
    assert "same-origin" == headers["referrer-policy"]
    assert "DENY" == headers["x-frame-options"]
    assert "same-origin" == headers["cross-origin-resource-policy"]


def test_a_page_has_no_script_and_no_style_of_its_own(site: Site) -> None:
    for name in units():
        text = site.ask(f"/{name}").text
        assert "<script>" not in text
        assert "<style" not in text
        assert " style=" not in text


@pytest.mark.parametrize(
    "path", ["/nowhere", "/brief/more", "/static/nothing.css", "/..%2f..%2fetc%2fpasswd", "/%00"]
)
def test_what_is_not_there_is_said_on_a_page(site: Site, path: str) -> None:
    answer = site.ask(path)
    assert 404 == answer.status
    assert "There is no such page" in answer.text
    assert "etc" not in answer.text


def test_each_number_of_the_brief_opens_its_rows(site: Site) -> None:
    brief = site.ask("/brief").text
    addresses = {html.unescape(one) for one in re.findall(r'href="(/evidence\?[^"]+)"', brief)}
    assert "/evidence?of=ritual_rot" in addresses
    for address in addresses:
        answer = site.ask(address)
        assert 200 == answer.status
        assert "<h2" in answer.text
        told = json.loads(site.ask(address.replace("/evidence?", "/evidence.json?")).text)
        assert told["sections"]
        assert address.partition("of=")[2] == quote(told["of"], safe="")


def test_rows_were_stored_with_the_page_that_opens_them_and_none_is_diagnosed_for(
    site: Site, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each list of the brief, and each row of these lists, from what is stored."""
    state = open_state(workspace, None)
    with open_store(workspace, None) as store:
        make_all(store, state, TODAY)
    state.close()
    monkeypatch.setattr(snapshots, "behind", None)
    pages = snapshots.Snapshots(lambda: Settings(workspace, today=TODAY))

    async def read() -> list[ShownRows]:
        brief = (await pages.shown("brief")).page
        lists = [await pages.rows(of, 0) for of in rows_opened_by(brief)]
        ways = [way for one in lists for way in re.findall(r'"/evidence\?of=([^"&]+%23%23[^"&]+)"', one.html)]
        return [*lists, *[await pages.rows(unquote_plus(html.unescape(way)), 0) for way in ways[:5]]]

    with ThreadPoolExecutor(max_workers=1) as apart:
        found = apart.submit(asyncio.run, read()).result()
    pages.close()
    assert sum("Where it can be read again" in one.html for one in found) == 5
    for one in (found[0], found[-1]):
        page = site.ask(f"/evidence?{one.itself}").text
        assert one.html in page
        assert one.json.decode() == site.ask(f"/evidence.json?{one.itself}").text
    drawn = next(one for one in found if one.has_charts)
    assert 'id="beside-' in drawn.beside
    assert 'id="beside-' not in drawn.html


def test_what_is_found_leads_to_the_thing_itself(site: Site, workspace: Path) -> None:
    """One of each kind is there; where words are marked on a page, they stand on it."""
    with open_store(workspace) as store:
        ledger = store.ledger(today=TODAY)
        found = entries(ledger, [unit.page(ledger) for unit in units().values()], store.sources())
    led = {one.kind: one.address for one in found if one.address}
    assert led["ritual"].startswith("/charter/")
    assert any(one.address.startswith("/sources/file?name=") for one in found)
    assert all(
        "?behind=" in one.address or "#:~:text=" in one.address for one in found if one.kind == "finding"
    )
    for address in led.values():
        path, _, words = address.partition("#:~:text=")
        answer = site.ask(path)
        assert 200 == answer.status, address
        said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())
        assert unquote_plus(words) in said
        assert "</dialog>" in answer.text or "behind=" not in address


def test_rows_go_on_where_the_last_ones_ended(site: Site) -> None:
    index = site.ask("/evidence").text
    addresses = [html.unescape(one) for one in re.findall(r'href="(/evidence\?of=[^"]+%2F[^"]+)"', index)]
    assert any("Rows 1 to 2" in site.ask(f"{address}&offset=2").text for address in addresses)
    assert not any("Rows 1 to 2" in site.ask(address).text for address in addresses)


@pytest.mark.parametrize("of", ["nothing", "<script>", "ritual_rot%2F..%2F..", "'%3B--"])
def test_rows_of_nothing_are_a_page_that_is_not_there(site: Site, of: str) -> None:
    answer = site.ask(f"/evidence?of={quote(of, safe='%')}")
    assert 404 == answer.status
    assert "<script>" not in answer.text


@pytest.mark.parametrize("offset", ["-1", "one", "9" * 40, "1e3"])
def test_a_wrong_offset_is_a_page_that_is_not_there(site: Site, offset: str) -> None:
    assert 404 == site.ask(f"/evidence?of=ritual_rot&offset={offset}").status


def test_a_program_is_told_in_json(site: Site) -> None:
    answer = site.ask("/nowhere.json")
    told = json.loads(answer.text)
    assert (404, 404, "There is no such page") == (answer.status, told["status"], told["title"])
    assert "application/problem+json" == answer.headers["content-type"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_changed(site: Site, method: str) -> None:
    answer = site.ask("/brief", method)
    assert 405 == answer.status
    assert "takes no such request" in answer.text
    assert "GET" in answer.headers["allow"]


def test_a_name_that_was_pointed_at_this_machine_is_refused(site: Site) -> None:
    assert 400 == site.ask("/brief", Host="evil.example").status
    assert 200 == site.ask("/brief", Host="localhost:1234").status


def test_a_reader_with_the_newest_copy_is_told_so(site: Site) -> None:
    tag = site.ask("/brief").headers["etag"]
    again = site.ask("/brief", If_None_Match=tag)
    assert (304, "", tag) == (again.status, again.text, again.headers["etag"])
    assert 200 == site.ask("/brief", If_None_Match='"other"').status


def test_the_report_is_given_as_a_file(site: Site) -> None:
    answer = site.ask("/report.html")
    assert 200 == answer.status
    assert 'attachment; filename="prodops-report-2026-12-01.html"' == answer.headers["content-disposition"]


def test_an_empty_workspace_says_how_to_begin(tmp_path: Path) -> None:
    with serving(lambda: Settings(tmp_path / ".prodops", today=TODAY)) as site:
        for name in units():
            assert 200 == site.ask(f"/{name}").status
        assert "prodops add FOLDER" in site.ask("/brief").text


def test_a_workspace_that_cannot_be_one_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = _serve("-w", str(tmp_path / "file"), "--port", "0")
    assert 2 == done.returncode
    assert "cannot be a workspace" in done.stderr
    assert "--workspace" in done.stderr


def test_a_port_that_is_taken_is_refused_in_a_sentence(site: Site, tmp_path: Path) -> None:
    done = _serve("-w", str(tmp_path / ".prodops"), "--port", str(site.port))
    assert 2 == done.returncode
    assert f"Port {site.port} cannot be used" in done.stderr
    assert "--port" in done.stderr


def test_the_command_serves_on_loopback_until_it_is_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _MAIN, "serve", "--port", "0", "-w", str(tmp_path / ".prodops")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            line = running.stdout.readline()
            assert line.startswith("Pages: http://127.0.0.1:")
            port = int(line.split()[1].rpartition(":")[2])
            assert 200 == Site(port).ask("/brief").status
        finally:
            running.terminate()
        assert "Traceback" not in running.communicate(timeout=60)[1]


_MAIN = "from prodops.serve.cli import main; main()"


def _serve(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _MAIN, "serve", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_a_stale_page_says_how_old_it_is_and_is_followed_by_a_newer_one(tmp_path: Path) -> None:
    workspace = load(tmp_path / ".prodops", EXAMPLES / "roster.csv")
    with serving(lambda: Settings(workspace, today=TODAY)) as site:
        assert "Look again" not in site.ask("/problems").text
        load(workspace, EXAMPLES / "tools")
        stale = site.ask("/problems").text
        assert "loaded or declared since" in stale
        assert "A newer one is being made" in stale
        assert "prodops-stale-since" in site.ask("/problems.json").headers
        until = time.monotonic() + 60
        while "Look again" in site.ask("/problems").text:
            assert time.monotonic() < until
            time.sleep(0.1)
