"""The labelling page as a browser shows it: by keys, by Tab and Enter, without scripts, accessible."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from prodops.serve.settings import Settings
from serve.labelled import TODAY, organisation, pms
from serve.served import Site, serving

pytestmark = pytest.mark.browser

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    workspace = organisation(tmp_path_factory.mktemp("desk"))
    with serving(lambda: Settings(workspace, today=TODAY)) as running:
        yield running


def begun(browser: Browser, site: Site, me: str, **given: Any) -> Page:
    page = browser.new_context(**given).new_page()
    page.goto(f"{site.address}/label")
    page.wait_for_selector("input:focus")  # the page gives it itself; a key pressed before that is lost
    page.keyboard.type(me)
    page.keyboard.press("Enter")
    shown(page, "1 of")
    return page


def shown(page: Page, words: str) -> None:
    """Wait for the page with these words, and for its keys: a key pressed before that is lost."""
    page.wait_for_selector(f"text={words}")
    page.wait_for_load_state()


def test_one_key_answers_a_block_and_another_goes_back(browser: Browser, site: Site) -> None:
    page = begun(browser, site, pms(5)[0])
    page.keyboard.press("z")
    shown(page, "2 of")
    page.keyboard.press("u")
    shown(page, "another answer corrects it")
    page.keyboard.press("k")
    shown(page, "2 of")


def test_without_scripts_tab_and_enter_do_the_same(browser: Browser, site: Site) -> None:
    page = begun(browser, site, pms(5)[1], java_script_enabled=False)
    page.keyboard.press("z")
    assert page.locator("text=1 of").count() == 1
    page.focus("button[value=C1]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=2 of")


@pytest.mark.parametrize("given", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}])
def test_everybody_can_use_it(browser: Browser, site: Site, given: dict[str, Any]) -> None:
    page = begun(browser, site, pms(5)[2], bypass_csp=True, **given)
    page.add_script_tag(content=AXE)
    found = page.evaluate("async () => (await axe.run()).violations.map(one => one.id + ': ' + one.help)")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
