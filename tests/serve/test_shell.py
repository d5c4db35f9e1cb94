"""What stands around every page: the rail, the light that was chosen, what was done last, the drawer."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest
from fastapi import Response

from prodops.serve.settings import Settings
from prodops.serve.shown.html import STATIC
from prodops.serve.web.framing import MOST_SAID, SAID, THEME, say
from prodops.serve.web.navigation import KEYS, OTHERS
from prodops.serve.web.routes import design
from serve.served import EXAMPLES, Site, load, serving

TODAY = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folders = (EXAMPLES / "minutes", EXAMPLES / "calendars")
    workspace = load(tmp_path_factory.mktemp("shell") / ".prodops", *folders)
    with serving(lambda: Settings(workspace, today=TODAY)) as running:
        yield running.made("/rituals", "/method", "/time", "/brief", "/evidence?of=ritual_rot")


def post(site: Site, path: str, **fields: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, body=urlencode(fields), headers=kind)
    return connection.getresponse()


def cookie(response: Response) -> str:
    return response.headers["set-cookie"].partition(";")[0].partition("=")[2]


def test_the_page_that_is_read_is_marked_and_no_other(site: Site) -> None:
    assert ["/rituals"] == re.findall(r'href="([^"]+)" aria-current="page"', site.ask("/rituals").text)


def test_a_page_that_nobody_grouped_stands_under_watch(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from prodops.serve.web import navigation

    grouped = {**navigation.GROUPS, OTHERS: ("time",)}
    monkeypatch.setattr(navigation, "GROUPS", grouped)
    watch = site.ask("/method").text.partition(f">{OTHERS}</p>")[2].partition("</ul>")[0]
    assert ["/time", "/rituals", "/feedback"] == re.findall(r'href="([^"]+)"', watch)[:3]


def test_no_two_places_share_a_key() -> None:
    assert len(set(KEYS.values())) == len(KEYS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_light_that_was_chosen_is_there_from_the_first_byte(site: Site, theme: str) -> None:
    chosen = post(site, "/theme", theme=theme, back="/time")
    assert (303, "/time") == (chosen.status, chosen.getheader("location"))
    kept = (chosen.getheader("set-cookie") or "").partition(";")[0]
    assert f'<html lang="en" data-theme="{theme}">' in site.ask("/time", cookie=kept).text


def test_the_light_of_the_system_is_the_absence_of_a_choice(site: Site) -> None:
    back = post(site, "/theme", theme="system")
    assert "Max-Age=0" in (back.getheader("set-cookie") or "")
    assert '<html lang="en">' in site.ask("/time", cookie=f"{THEME}=purple").text


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])
def test_choosing_the_light_leads_to_no_other_site(site: Site, back: str) -> None:
    assert "/" == post(site, "/theme", theme="dark", back=back).getheader("location")


def test_what_was_done_is_told_once_with_its_way_back(site: Site) -> None:
    done = Response()
    say(done, "Stance <b>recorded</b>.", undo="/undo/stance-17")
    page = site.ask("/time", cookie=f"{SAID}={cookie(done)}")
    assert "Stance &lt;b&gt;recorded&lt;/b&gt;." in page.text
    assert '<form method="post" action="/undo/stance-17">' in page.text
    assert f'{SAID}=""; expires=' in page.headers["set-cookie"]
    assert "Stance" not in site.ask("/time").text.partition('class="toasts"')[2]


@pytest.mark.parametrize(
    "forged", ['["Gone.", "/delete-all"]', '["Gone.", "//elsewhere.example/undo"]', "{}", "[1, 2]", "x"]
)
def test_a_forged_cookie_makes_no_button(site: Site, forged: str) -> None:
    toasts = site.ask("/time", cookie=f"{SAID}={quote(forged)}").text.partition('class="toasts"')[2]
    assert "<form" not in toasts.partition("<dialog")[0]


def test_what_is_told_is_bounded(site: Site) -> None:
    done = Response()
    say(done, "x" * 5_000)
    assert "x" * (MOST_SAID + 1) not in site.ask("/time", cookie=f"{SAID}={cookie(done)}").text


def test_rows_are_a_page_and_for_the_drawer_a_part_of_one(site: Site) -> None:
    path = "/evidence?of=ritual_rot"
    whole, part = site.ask(path), site.ask(path, HX_Request="true")
    assert whole.text.startswith("<!doctype html>")
    assert part.text.startswith("<article")
    assert not set(re.findall(r' id="([^"]+)"', whole.text)) & set(re.findall(r' id="([^"]+)"', part.text))


def test_what_is_not_there_is_a_part_for_the_drawer_too(site: Site) -> None:
    answer = site.ask("/evidence?of=nothing", HX_Request="true")
    assert 404 == answer.status
    assert answer.text.startswith("<h1>There is no such page</h1>")
    assert "no rows behind" in answer.text


def test_rows_that_were_sent_open_without_a_script_by_a_link(site: Site) -> None:
    page = site.ask("/brief?behind=RIT01%2Fa%22b&from=50").text
    assert '<noscript><p class="banner">' in page
    assert 'href="/evidence?of=RIT01%2Fa%22b&amp;offset=50"' in page


def test_every_component_is_shown_in_both_lights_with_its_markup(site: Site) -> None:
    text = site.ask("/design").text
    for one in design.components():
        assert one.title
        assert one.says.endswith(".")
        assert f'id="about-{one.name}"' in text
    names = re.findall(r' id="([^"]+)"', text)
    assert len(set(names)) == len(names)


def test_every_colour_is_a_token_with_a_light_and_a_dark_side() -> None:
    for path in sorted(STATIC.glob("*.css")):
        text = re.sub(r"light-dark\([^)]*\)", "", path.read_text(encoding="utf-8"))
        text = text.partition("@page")[0]
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;, )])", text), path.name


def test_no_script_of_ours_writes_markup_or_compiles_words() -> None:
    for path in sorted(STATIC.glob("*.js")):
        ours = path.read_text(encoding="utf-8")
        for word in ("eval(", "new Function", "innerHTML", "http:", "https:", "import("):
            assert word not in ours, path.name
