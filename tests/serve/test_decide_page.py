"""The form for a decision works without a script, keeps what was typed, and is sent by this site alone."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from prodops.ledger.decisions import Decision
from prodops.serve.bootstrap import open_workspace
from prodops.serve.settings import Settings
from serve.served import Site, serving

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TODAY = datetime(2026, 6, 30, tzinfo=UTC)
FIELDS = {
    "question": "Which plan do we retire?", "option": "Starter\r\ndo nothing", "chosen": "Starter",
    "evidence": "data: 4% of revenue", "data_says": "for", "intuition_says": "against",
    "review": "2026-09-28",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    workspace = tmp_path_factory.mktemp("log") / ".prodops"
    with serving(lambda: Settings(workspace, today=TODAY)) as running:
        yield running


def sent(site: Site, fields: dict[str, str], **headers: str) -> tuple[int, str, str]:
    """What comes back for a form: its status, where it leads, its text."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/decide", body=urlencode(fields), headers={**named, **form})
    response = connection.getresponse()
    told = response.status, response.headers.get("location", ""), response.read().decode()
    connection.close()
    return told


def test_a_form_is_recorded_and_leads_to_the_log(site: Site) -> None:
    assert site.ask("/decide").status == 200
    status, where, _ = sent(site, FIELDS)
    assert (status, where) == (303, "/decisions")
    assert "Which plan do we retire?" in site.ask("/decisions").text
    status, _, text = sent(site, FIELDS)
    assert status == 422
    assert "That question was decided on 2026-06-30" in text


def test_a_refusal_keeps_what_was_typed_and_speaks_of_the_form(site: Site) -> None:
    status, _, text = sent(
        site, {**FIELDS, "question": "Other <b>?", "option": "Starter\r\nTeam", "low": "x"}
    )
    assert status == 422
    assert 'role="alert"' in text
    assert "low: &#39;x&#39; is no number" in text
    assert 'value="Other &lt;b&gt;?"' in text
    assert "Starter&#10;Team" in text
    _, _, text = sent(site, {**FIELDS, "question": "Other?", "option": "Starter\r\nTeam"})
    assert "Add it: [options] &#34;do nothing&#34;" in text
    _, _, text = sent(site, {**FIELDS, "question": "Other?", "evidence": "ai: they love it"})
    assert "AI evidence needs reviewed-by" in text
    assert "end its line with (reviewed by NAME)" in text


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}]
)
def test_no_other_site_sends_it(site: Site, headers: dict[str, str]) -> None:
    assert sent(site, {**FIELDS, "question": "Foreign?"}, **headers)[0] == 403
    assert "Foreign?" not in site.ask("/decisions").text


def test_what_the_form_does_not_have_is_refused(site: Site) -> None:
    assert sent(site, {**FIELDS, "declared_by": "somebody"})[0] == 422
    assert sent(site, {"question": "x" * 401})[0] == 422


def test_the_page_may_send_forms_here_and_runs_nothing_of_its_own(site: Site) -> None:
    page = site.ask("/decide")
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "no-store" in page.headers["cache-control"]
    assert "<script>" not in page.text
    assert " style=" not in page.text
    assert all(site.ask(f"/static/decide.{ending}").status == 200 for ending in ("js", "css"))


@pytest.mark.browser
def test_a_decision_is_recorded_without_a_mouse(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workspace = tmp_path_factory.mktemp("keys") / ".prodops"
    with serving(lambda: Settings(workspace, today=TODAY)) as site:
        page = browser.new_page()
        page.goto(f"{site.address}/decide")
        keys = page.keyboard
        keys.type("Do we drop the editor?")
        keys.press("Tab")
        keys.press("Control+Home")
        keys.type("Drop it")
        keys.press("Enter")
        keys.press("Tab")
        keys.type("Drop it")
        keys.press("Tab")
        keys.type("customer: nobody opens it")
        keys.press("Tab")
        keys.press("Space")
        keys.press("Control+Enter")
        page.wait_for_url(f"{site.address}/decisions")
        page.close()
    _, store = open_workspace(workspace)
    with store:
        (one,) = store.ledger(today=TODAY).records(Decision)
    assert (one.question, one.chosen, one.data_says) == ("Do we drop the editor?", "Drop it", "for")
    assert one.options == ("Drop it", "do nothing")


@pytest.mark.browser
@pytest.mark.parametrize("given", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}])
def test_everybody_can_use_it(browser: Browser, site: Site, given: dict[str, Any]) -> None:
    page = browser.new_context(bypass_csp=True, **given).new_page()
    for path in ("/decide", "/decisions"):
        page.goto(f"{site.address}{path}")
        page.add_script_tag(content=AXE)
        found = page.evaluate("async () => (await axe.run()).violations.map(one => one.id + ': ' + one.help)")
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()
