"""The wizard as a new user walks it in Chromium: from exported files to the first finding, and back."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from prodops.serve.intake.limits import MIB, UploadLimits
from prodops.serve.settings import Settings
from serve.served import EXAMPLES, Site, serving

pytestmark = pytest.mark.browser

TODAY = datetime(2026, 12, 1, tzinfo=UTC)
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
PATIENCE_MILLISECONDS = 120_000
FIVE_MINUTES = 300.0


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    limits = UploadLimits(file_bytes=MIB, keep_free_bytes=0)
    with serving(lambda: Settings(tmp_path / ".prodops", today=TODAY, upload=limits)) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MILLISECONDS)
    yield opened
    context.close()


def readable(page: Page, *schemes: Literal["light", "dark"]) -> None:
    """Nothing keeps anybody from reading the page, and a phone scrolls in one direction."""
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(f"async () => {{ {AXE}; return await axe.run(); }}")
        assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_exports_are_dropped_and_end_at_a_first_finding(
    site: Site, page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site.address)
    assert page.url.endswith("/begin")
    readable(page, "light", "dark")
    (tmp_path / "large.csv").write_bytes(b"x" * (MIB + 1))
    (tmp_path / "odd.csv").write_text("aaa,bbb\nfoo,bar\n")
    page.set_input_files("#files", [tmp_path / "large.csv", tmp_path / "odd.csv"])
    expect(page.locator("#upload .banner")).to_contain_text("large.csv holds 1 MiB; up to 1 MiB are taken")
    page.set_input_files("#files", [tmp_path / "odd.csv"])
    page.set_input_files("#folder", EXAMPLES)
    expect(page.locator(".chosen")).to_contain_text("90 files")
    began = time.monotonic()
    page.get_by_role("button", name="Load them").click()
    page.wait_for_url("**/jobs/*")
    expect(page.locator("progress")).to_be_visible()
    moved = "() => { const one = document.querySelector('progress'); return !one || one.value > 0; }"
    page.wait_for_function(moved)
    page.get_by_role("heading", name="What was read").wait_for()
    assert "odd.csv" in page.locator("#unread-heading + ul").inner_text()
    page.get_by_role("link", name="Read the brief").wait_for()
    seconds = time.monotonic() - began
    readable(page, "light", "dark")
    page.get_by_role("link", name="Read the brief").click()
    page.wait_for_url("**/brief")
    assert "Product operations brief" in page.locator("main").inner_text()
    with capsys.disabled():
        sys.stdout.write(f"\nfrom dropped exports to the first finding: {seconds:.1f} s\n")
    assert seconds < FIVE_MINUTES
    page.goto(f"{site.address}/sources/columns?name=uploads/odd.csv")
    readable(page, "light")
    page.goto(f"{site.address}/sources")
    readable(page, "dark")
    page.get_by_role("link", name="Take out uploads/odd.csv").click()
    readable(page, "light")
    page.get_by_role("button", name="Take out").click()
    page.get_by_role("button", name="Put everything back").click()
    expect(page.locator("main")).to_contain_text("1 file is back.", timeout=PATIENCE_MILLISECONDS)
    page.goto(f"{site.address}/sources/columns?name=uploads/odd.csv")
    readable(page, "dark")
    page.goto(f"{site.address}/jobs")
    readable(page, "light")
    assert not said


def test_the_wizard_works_without_scripts(browser: Browser, site: Site, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    (tmp_path / "roster.csv").write_text("name,email,title,team\nAna Sample,ana@example.com,PM,A\n")
    page.goto(f"{site.address}/begin")
    page.set_input_files("#files", [tmp_path / "roster.csv"])
    page.get_by_role("button", name="Load them").click()
    page.wait_for_url("**/jobs/*")
    page.get_by_role("heading", name="What was read").wait_for()  # the page shows itself anew
    assert "done" == json.loads(site.ask(f"/jobs/{page.url.partition('/jobs/')[2]}.json").text)["status"]
    context.close()


def test_what_the_server_refuses_is_said_in_the_page(browser: Browser, tmp_path: Path) -> None:
    limits = UploadLimits(upload_bytes=12 * MIB, keep_free_bytes=0)
    with serving(lambda: Settings(tmp_path / ".prodops", today=TODAY, upload=limits)) as site:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{site.address}/begin")
        (tmp_path / "large.csv").write_bytes(b"x" * (13 * MIB))
        page.set_input_files("#files", [tmp_path / "large.csv"])
        page.locator("#upload").evaluate("one => one.submit()")  # past the script, as a browser without it
        page.get_by_role("alert").filter(has_text="All files together hold more than 12 MiB").wait_for()
        context.close()
