"""What a reader sees: charts drawn, nothing fetched, nothing cut; in the dark, on a phone, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from pages.organisation import everything, ledger, marked, small
from prodops.pages import units
from prodops.serve.settings import Settings
from prodops.serve.shown.html import report_html
from serve.served import EXAMPLES, Site, load, serving

pytestmark = pytest.mark.browser

TODAY = datetime(2026, 12, 1, tzinfo=UTC)
READY = "[...document.querySelectorAll('.chart')].every(one => one.dataset.ready === 'yes')"
HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>{{7*7}}"
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

PLACES = (
    *units(), "design", "decide", "label", "act", "begin", "sources", "jobs", "search?q=review", "settings",
    "people", "tokens", "access", "api", "health/detail", "evidence?of=ritual_rot", "nowhere",
)  # fmt: skip


class Reader:
    """A browser that notes what it was told, what went wrong, and who was asked for anything."""

    def __init__(self, browser: Browser, **given: Any) -> None:
        self.context = browser.new_context(**given)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.context.route("**/*", self._note)

    def _note(self, route: Route, request: Request) -> None:
        self.asked.append(request.url)
        route.continue_()

    def read(self, address: str) -> Page:
        """The page once its charts are drawn."""
        self.page.goto(address)
        self.page.wait_for_function(READY)
        return self.page


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    reading = Reader(browser, viewport={"width": 1440, "height": 900})
    yield reading
    reading.context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Reader]:
    reading = Reader(browser, viewport={"width": 390, "height": 844}, color_scheme="dark")
    yield reading
    reading.context.close()


@pytest.fixture(scope="module")
def walker(browser: Browser) -> Iterator[Reader]:
    """One window for all that is looked at page by page: opening one costs as much as reading a page."""
    reading = Reader(browser, viewport={"width": 1440, "height": 900})
    yield reading
    reading.context.close()


@pytest.fixture(autouse=True)
def _nothing_yet(walker: Reader) -> None:
    """What one test said and asked for is not told of the next."""
    walker.said.clear()
    walker.asked.clear()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report of the small organisation."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    organisation = small()
    path.write_text(report_html([unit.page(organisation) for unit in units().values()]), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    workspace = load(tmp_path_factory.mktemp("site") / ".prodops", EXAMPLES)
    with serving(lambda: Settings(workspace, today=TODAY)) as running:
        yield running.made(*(f"/{name}" for name in units()))


def test_the_report_draws_its_charts_and_asks_nobody(reader: Reader, report: str) -> None:
    page = reader.read(report)
    charts = page.locator(".chart svg")
    assert charts.count() >= 5
    assert page.locator(".chart svg path").count() > 20
    assert not reader.said
    assert [report] == [url for url in reader.asked if not url.startswith("data:")]


def test_the_report_works_without_a_network(reader: Reader, report: str) -> None:
    reader.context.set_offline(True)
    assert reader.read(report).locator(".chart svg").count() >= 5
    assert not reader.said


def test_the_report_scrolls_in_one_direction_on_a_phone(phone: Reader, report: str) -> None:
    assert _fits(phone.read(report), 390)
    assert not phone.said


def test_the_dark_is_dark_and_its_words_are_light(phone: Reader, report: str) -> None:
    page = phone.read(report)
    ground, ink = (_light(page, "body", name) for name in ("background-color", "color"))
    assert ground < 0.1
    assert ink > 0.7
    label = page.locator(".chart svg text").first.evaluate("one => getComputedStyle(one).fill")
    assert _luminance(label) > 0.3


def test_words_are_told_from_their_ground_in_both_schemes(browser: Browser, report: str) -> None:
    for scheme in ("light", "dark"):
        reading = Reader(browser, viewport={"width": 1200, "height": 900}, color_scheme=scheme)
        page = reading.read(report)
        for name in ("--ink", "--quiet", "--accent", "--deep"):
            ink, ground = (_luminance(_variable(page, one)) for one in (name, "--ground"))
            lighter, darker = max(ink, ground), min(ink, ground)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (scheme, name)
        reading.context.close()


def test_a_chart_is_drawn_anew_where_the_window_changes(reader: Reader, report: str) -> None:
    page = reader.read(report)
    wide = page.locator("#time .chart svg").first.bounding_box()
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_function("document.querySelector('#time .chart svg').getBoundingClientRect().width < 600")
    narrow = page.locator("#time .chart svg").first.bounding_box()
    assert wide is not None
    assert narrow is not None
    assert narrow["width"] < wide["width"]


def test_a_point_tells_its_number_in_words(reader: Reader, report: str) -> None:
    page = reader.read(report)
    page.locator("#brief .chart svg .mark-symbol path").first.hover()
    tip = page.locator(".tip")
    tip.wait_for(state="visible")
    assert re.search(r"ritual rot: .* PM hours a week \(.* to .*\), n = \d+", tip.inner_text())
    page.mouse.move(5, 5)
    tip.wait_for(state="hidden")


def test_hostile_words_run_nothing(reader: Reader, tmp_path: Path) -> None:
    hostile = ledger(marked(everything(), HOSTILE))
    path = tmp_path / "hostile.html"
    path.write_text(report_html([unit.page(hostile) for unit in units().values()]), encoding="utf-8")
    page = reader.read(path.as_uri())
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img").count() == 0
    assert "{{7*7}}" in page.locator("#problems").inner_text()
    assert not reader.said
    assert [path.as_uri()] == [url for url in reader.asked if not url.startswith("data:")]


def test_a_page_can_be_read_by_keyboard(reader: Reader, site: Site) -> None:
    page = reader.read(f"{site.address}/brief")
    page.keyboard.press("Tab")
    assert "Skip to the content" == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_the_printed_report_has_every_page_and_its_charts(
    reader: Reader, report: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    reader.read(report).pdf(path=path, prefer_css_page_size=True, print_background=True)
    assert path.read_bytes().startswith(b"%PDF")
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext to look into the PDF (Debian: apt install poppler-utils)")
    told = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True, timeout=60
    )
    sheets = told.stdout.split("\f")
    assert 8 <= len(sheets) <= 16  # and the last is empty: what follows the last sheet
    assert "more rows stand in the file that this was printed from" in told.stdout
    first = sheets[0]
    assert "Product operations brief" in first
    assert "One quick win" in first
    assert "Undo it within a day" in " ".join(first.split())  # on paper nothing can be opened
    for words in ("Rituals", "Feedback", "Metrics", "Problems", "Method", "Days since the message came in"):
        assert words in told.stdout
    assert "Skip to the content" not in told.stdout


def test_on_paper_a_chart_is_as_wide_as_the_sheet_and_light(phone: Reader, report: str) -> None:
    page = phone.read(report)
    page.emulate_media(media="print", color_scheme="dark")
    assert _light(page, "body", "background-color") > 0.9 or "rgba(0, 0, 0, 0)" in _style(
        page, "body", "background-color"
    )
    assert _light(page, "body", "color") < 0.1
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    box = page.locator("#time .chart svg").first.bounding_box()
    assert box is not None
    assert 600 < page.evaluate("document.querySelector('#time .chart').drawn") < 700
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelector('#time .chart').drawn") < 400


@pytest.mark.parametrize("place", PLACES)
def test_everybody_can_read_a_page_in_light_in_dark_and_on_a_phone(
    walker: Reader, site: Site, place: str
) -> None:
    """Read once, looked at three times: wide and light, its colours in the dark, and dark on a phone."""
    page = walker.page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")
    walker.read(f"{site.address}/{place}")
    page.evaluate(AXE)
    assert not _barriers(page)
    page.emulate_media(color_scheme="dark")
    assert not _barriers(page, "{runOnly: ['color-contrast']}")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => [...document.querySelectorAll('.chart')].every(one => one.drawn < 390)")
    assert _fits(page, 390)
    assert not _barriers(page)
    assert not [one for one in walker.said if "status of 40" not in one]
    assert not [url for url in walker.asked if not url.startswith((site.address, "data:"))]


def test_the_rows_behind_a_number_open_beside_the_page_and_back_closes_them(
    walker: Reader, site: Site
) -> None:
    page = walker.page
    page.set_viewport_size({"width": 1440, "height": 900})
    walker.read(f"{site.address}/diagnosis")
    link = page.locator("main a[href^='/evidence?of=']").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer[open] .inside article")
    assert "behind=" in page.url
    assert page.evaluate("document.querySelector('#drawer').contains(document.activeElement)")
    page.evaluate(AXE)
    assert not _barriers(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !document.activeElement.closest('main')"
        )
    page.locator("#drawer .inside a[href^='/evidence?of=']").first.click()
    page.wait_for_function("history.state.deep === 2")
    page.go_back()
    page.wait_for_function("history.state.deep === 1")
    page.go_back()
    page.wait_for_selector("#drawer:not([open])", state="attached")
    assert f"{site.address}/diagnosis" == page.url
    assert page.evaluate("document.activeElement.href || ''").startswith(f"{site.address}/evidence?of=")


def test_an_address_with_rows_opens_them_and_escape_leaves_the_page(walker: Reader, site: Site) -> None:
    page = walker.page
    page.set_viewport_size({"width": 390, "height": 844})
    walker.read(f"{site.address}/brief?behind=ritual_rot")
    page.wait_for_selector("#drawer[open] .inside .chart svg")
    box = page.locator("#drawer").bounding_box()
    assert box is not None
    assert (0, 390, 844) == (box["x"], box["width"], box["height"])
    assert _fits(page, 390)
    page.keyboard.press("Escape")
    page.wait_for_url(f"{site.address}/brief")
    assert page.locator("#drawer").is_hidden()


def test_keys_go_where_they_say_and_not_while_somebody_types(walker: Reader, site: Site) -> None:
    page = walker.page
    page.set_viewport_size({"width": 1440, "height": 900})
    walker.read(f"{site.address}/method")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("x")
    page.wait_for_url("**/problems")
    page.keyboard.press("/")
    assert "find" == page.evaluate("document.activeElement.id")
    page.keyboard.type("g?x/")
    assert "g?x/" == page.input_value("#find")
    assert page.url.endswith("/problems")


def test_the_light_that_was_chosen_stays(walker: Reader, site: Site) -> None:
    page = walker.page
    page.emulate_media(color_scheme="light")
    walker.read(f"{site.address}/method")
    page.click("button[value=dark]")
    page.wait_for_selector("html[data-theme=dark]")
    page.wait_for_load_state()
    assert _light(page, "body", "background-color") < 0.1
    page.click("button[value=system]")
    page.wait_for_selector("html:not([data-theme])")
    page.wait_for_load_state()  # the page is there before its colours are
    assert _light(page, "body", "background-color") > 0.9


def test_a_phone_has_a_menu_with_every_page(walker: Reader, site: Site) -> None:
    page = walker.page
    page.set_viewport_size({"width": 390, "height": 844})
    walker.read(f"{site.address}/method")
    assert page.locator("#rail").is_hidden()
    page.click("text=Menu")
    page.click("#rail a[href='/rituals']")
    page.wait_for_url("**/rituals")
    assert page.locator("#rail").is_hidden()


def _barriers(page: Page, rules: str = "") -> list[tuple[str, str]]:
    """What keeps somebody from reading the page, by the rules of axe; all of them unless some are named."""
    found = page.evaluate(f"() => axe.run({rules})")
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]


def _fits(page: Page, width: int) -> bool:
    """Whether nothing stands outside the window at its side."""
    cut = "[...document.querySelectorAll('.chart svg')].every(one => one.getBoundingClientRect().right <= %d)"
    inside: bool = page.evaluate(cut % (width + 1))
    return inside and page.evaluate("document.documentElement.scrollWidth") <= width


def _variable(page: Page, name: str) -> str:
    """A colour of the page as the browser understands it."""
    found: str = page.evaluate(
        "name => { const one = document.createElement('i'); one.style.color = `var(${name})`;"
        " document.body.append(one); const told = getComputedStyle(one).color; one.remove(); return told; }",
        name,
    )
    return found


def _style(page: Page, selector: str, name: str) -> str:
    found: str = page.evaluate(
        "([selector, name]) => getComputedStyle(document.querySelector(selector)).getPropertyValue(name)",
        [selector, name],
    )
    return found


def _light(page: Page, selector: str, name: str) -> float:
    return _luminance(_style(page, selector, name))


def _luminance(colour: str) -> float:
    """Relative luminance as the contrast rules define it (WCAG 2.2)."""
    channels = [int(one) / 255 for one in re.findall(r"\d+", colour)[:3]]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
