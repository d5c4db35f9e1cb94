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
        yield running


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


def test_every_served_page_asks_this_machine_alone_and_says_no_error(reader: Reader, site: Site) -> None:
    for name in units():
        reader.read(f"{site.address}/{name}")
    assert not reader.said
    assert not [url for url in reader.asked if not url.startswith((site.address, "data:"))]


def test_a_phone_scrolls_in_one_direction(phone: Reader, site: Site, report: str) -> None:
    for address in (report, *(f"{site.address}/{name}" for name in units())):
        page = phone.read(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        wide = page.evaluate(
            "[...document.querySelectorAll('.chart svg')]"
            ".filter(one => one.getBoundingClientRect().right > 391).length"
        )
        assert not wide, address
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
    assert 8 <= len(sheets) <= 40
    first = sheets[0]
    assert "Product operations brief" in first
    assert "One quick win" in first
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


@pytest.mark.parametrize("name", [*units(), "nowhere"])
def test_a_page_can_be_read_by_everybody(reader: Reader, site: Site, name: str) -> None:
    page = reader.read(f"{site.address}/{name}")
    found = page.evaluate(f"async () => {{ {AXE}; return await axe.run(); }}")
    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]


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
