"""Signing in, letting people in and looking after one's own access, in a browser, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from prodops.ledger.state import open_state
from prodops.serve.people.door import Door, Provider
from prodops.serve.people.people import people_of
from prodops.serve.settings import Settings
from serve.served import Site, serving
from serve.visiting import PASSWORD, TODAY

pytestmark = pytest.mark.browser

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
ADA, BO = "ada.byron@example.com", "bo.chen@example.com"
WAYS: dict[str, dict[str, Any]] = {
    "light": {}, "dark": {"color_scheme": "dark"}, "narrow": {"viewport": {"width": 390, "height": 844}},
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with an owner, three others and an identity provider that is never asked."""
    workspace = tmp_path_factory.mktemp("people") / "w"
    workspace.mkdir()
    door = Door(provider=Provider(issuer="https://login.example.com", client="prodops", name="Example"))
    state = open_state(workspace, None)
    people = people_of(state, door)
    people.accounts.add(ADA, name="Ada Byron", role="owner", password=PASSWORD)
    people.accounts.add(BO, name="Bo Chen", role="contributor")
    people.accounts.add("cy@example.com", role="viewer")
    people.accounts.disable("cy@example.com")
    state.close()
    with serving(lambda: Settings(workspace, today=TODAY, door=door)) as running:
        yield running


def signed_in(browser: Browser, site: Site, **given: Any) -> Page:
    page = browser.new_context(**given).new_page()
    page.goto(f"{site.address}/people")
    page.fill("#email", ADA)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/people")
    return page


def barriers(page: Page) -> list[str]:
    """What keeps somebody from reading the page, by the rules of axe, and a page wider than its screen."""
    page.add_script_tag(content=AXE)
    found: list[str] = page.evaluate(
        "async () => (await axe.run()).violations.map(one => one.id + ': ' + one.nodes[0].html)"
    )
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return found + ["it scrolls sideways"] * wide


@pytest.mark.parametrize("way", WAYS)
def test_everybody_can_read_the_pages_about_people(browser: Browser, site: Site, way: str) -> None:
    page = browser.new_context(bypass_csp=True, **WAYS[way]).new_page()
    page.goto(f"{site.address}/people")
    found = {"signin": barriers(page)}
    page.fill("#email", ADA)
    page.fill("#password", "four words that are wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=is not right")
    found["refused"] = barriers(page)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}/people")
    found["people"] = barriers(page)
    for name in ("tokens", "settings", "access", "keeping"):
        page.goto(f"{site.address}/{name}")
        found[name] = barriers(page)
    page.goto(f"{site.address}/tokens")
    page.fill("#label", "Nightly export")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=shown this once")
    found["made"] = barriers(page)
    assert {name: [] for name in found} == found


def test_without_scripts_an_owner_lets_somebody_in_and_shows_them_out(browser: Browser, site: Site) -> None:
    page = signed_in(browser, site, java_script_enabled=False)
    page.fill("#email", "dee@example.com")
    page.select_option("#role", "auditor")
    page.click("text=Make the account")
    password = page.locator("pre code").inner_text()
    other = browser.new_context().new_page()
    other.goto(f"{site.address}/signin?next=/access")
    other.fill("#email", "dee@example.com")
    other.fill("#password", password)
    other.keyboard.press("Enter")
    other.wait_for_url(f"{site.address}/access")
    page.get_by_role("button", name="Sign out everywhere: dee").click()
    page.wait_for_url(f"{site.address}/people")
    other.reload()
    assert other.url.startswith(f"{site.address}/signin?next=")


def test_signing_out_leaves_nothing_to_go_back_to(browser: Browser, site: Site) -> None:
    page = signed_in(browser, site)
    page.goto(f"{site.address}/settings")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url(f"{site.address}/signin")
    page.go_back()
    assert page.url.startswith(f"{site.address}/signin")
