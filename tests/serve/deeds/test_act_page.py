"""The form of every action: filled in by its address, refused beside its fields, taken back again."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from playwright.sync_api import Browser

from prodops.actions import units
from prodops.actions.deed import spelt
from serve.deeds_bench import organisation
from serve.served import Site, serving

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(organisation(tmp_path_factory.mktemp("act") / ".prodops")) as running:
        yield running


def sent(site: Site, path: str, **fields: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, body=urlencode(fields), headers=kind)
    response = connection.getresponse()
    told = (
        response.status,
        {name.lower(): value for name, value in response.getheaders()},
        response.read().decode(),
    )
    connection.close()
    return told


def toast(headers: dict[str, str]) -> Any:
    """What the next page tells, and the address that takes it back."""
    return json.loads(unquote(headers["set-cookie"].partition("=")[2].partition(";")[0]))


@pytest.mark.parametrize("name", sorted(units()))
def test_every_action_has_a_form(site: Site, name: str) -> None:
    page = site.ask(f"/act/{spelt(name)}")
    assert page.status == 200
    for one in units()[name].DEED.asks.values():
        assert one.label.replace("'", "&#39;") in page.text or one.of in (
            "decision",
            "question",
            "trial",
            "block",
        )
    assert f"/act/{spelt(name)}" in site.ask("/act").text


def test_a_form_is_filled_in_by_its_address(site: Site) -> None:
    text = site.ask("/act/exit-ritual?ritual=Roadmap+review&because=RIT01&expires_on=2026-12-01").text
    assert '<option value="roadmap-review" selected>' in text
    assert re.search(r'name="because" value="RIT01" checked', text)
    assert 'value="2026-12-01"' in text


def test_what_is_declared_is_told_once_and_taken_back_from_there(site: Site) -> None:
    status, headers, _ = sent(site, "/act/set-stance", ritual="roadmap-review", stance="facilitate")
    assert (status, headers["location"]) == (303, "/charter/roadmap-review")
    says, undo, entry = toast(headers)
    assert undo.endswith(f"/{entry}")
    assert says.startswith("roadmap-review: facilitate, until")
    assert re.fullmatch(r"/act/set-stance/undo/\d+", undo)
    status, headers, _ = sent(site, undo)
    said = ["Taken back (declare a stance). The log keeps both.", "", entry + 1]
    assert (status, toast(headers)) == (303, said)
    assert sent(site, "/act/set-stance/undo/99999")[0] == 404
    assert sent(site, "/act/ask/undo/1")[0] in (404, 409)


def test_a_refusal_stands_beside_its_field_with_the_way_through(site: Site) -> None:
    status, _, text = sent(site, "/act/exit-ritual", ritual="roadmap-review", starts_on="2026-07-06")
    assert status == 409
    assert 'href="/act/exit-ritual?ritual=roadmap-review&amp;because=RIT01"' in text
    assert 'value="2026-07-06"' in text
    status, _, text = sent(site, "/act/exit-ritual", ritual="", starts_on="soon")
    assert status == 422
    assert "It is needed." in text
    assert "is no day. Write it as" in text


def test_who_is_overtaken_is_shown_what_changed_and_can_send_again(site: Site) -> None:
    seen = re.search(r'name="seen" value="(\d+)"', site.ask("/act/set-stance").text)
    assert seen
    sent(site, "/act/set-stance", ritual="pricing-council", stance="own", seen=seen[1])
    status, _, text = sent(
        site, "/act/set-stance", ritual="pricing-council", stance="facilitate", seen=seen[1]
    )
    assert status == 409
    assert "somebody changed this while you wrote" in text
    assert "ritual stance: pricing-council, own" in text
    again = re.search(r'name="seen" value="(\d+)"', text)
    assert again
    assert (
        303 == sent(site, "/act/set-stance", ritual="pricing-council", stance="facilitate", seen=again[1])[0]
    )


def test_what_comes_from_outside_stays_text(site: Site) -> None:
    text = site.ask("/act/ask?question=%3Cscript%3Ealert(1)%3C/script%3E%22").text
    assert "<script>alert" not in text
    assert site.ask("/act/fly").status == 404
    spelt_so = site.ask("/act/exit_ritual?ritual=a+b")
    assert (308, True) == (
        spelt_so.status,
        spelt_so.headers["location"].endswith("/act/exit-ritual?ritual=a+b"),
    )
    assert site.ask("/act/draw-sample?undo=yes").status == 404


@pytest.mark.browser
@pytest.mark.parametrize("given", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}])
def test_everybody_can_use_it(browser: Browser, site: Site, given: dict[str, Any]) -> None:
    page = browser.new_context(bypass_csp=True, **given).new_page()
    for path in ("/act", "/act/start-trial?because=x", "/act/record-decision", "/api"):
        page.goto(f"{site.address}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.add_script_tag(content=AXE)
        found = page.evaluate("async () => (await axe.run()).violations.map(one => one.id + ': ' + one.help)")
        assert (path, []) == (path, found)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    page.close()


@pytest.mark.browser
def test_a_stance_is_declared_and_taken_back_by_hand(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.address}/act/set-stance?ritual=portfolio-status")
    page.get_by_label("facilitate").check()
    page.get_by_role("button", name="Declare a stance").click()
    page.wait_for_url(f"{site.address}/charter/portfolio-status")
    assert "portfolio-status: facilitate, until" in page.inner_text("#toasts")
    assert "Stance: facilitate" in page.inner_text("main"), "and the effect is seen at once"
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    assert "Taken back" in page.inner_text("#toasts")
    assert "No stance is declared" in page.inner_text("main")
    page.close()


def test_charters_and_proofs_have_addresses(site: Site) -> None:
    page = site.ask("/charter/roadmap-review")
    assert (page.status, "Charter: Roadmap review" in page.text) == (200, True)
    assert "/act/exit-ritual?ritual=roadmap-review" in page.text
    assert json.loads(site.ask("/charter/roadmap-review.json").text)["name"] == "charter"
    assert [404, 404] == [site.ask(path).status for path in ("/charter/nothing", "/proof/nothing")]
    assert "/charter/roadmap-review" in site.ask("/operating-model").text
    assert "/act/" not in site.ask("/report.html").text


def test_the_page_after_a_deed_knows_it_and_an_older_one_keeps_the_way_back(site: Site) -> None:
    assert site.made("/decisions", "/operating-model").ask("/decisions").status == 200
    _, headers, _ = sent(site, "/act/ask", question="Do we open the beta?")
    cookie = headers["set-cookie"].partition(";")[0]
    page = site.ask("/decisions", cookie=cookie)
    assert "Do we open the beta?" in page.text.partition('id="toasts"')[0]
    assert "It waits: Do we open the beta?" in page.text
    assert "max-age=0" in page.headers["set-cookie"].lower(), "it is told once"
    forged = cookie.replace(cookie.rpartition("%20")[2], "999999%5D")
    older = site.ask("/decisions", cookie=forged)
    assert "It waits" in older.text
    assert "set-cookie" not in older.headers, "a page that does not know a deed leaves the way back"


def test_what_was_declared_last_stands_with_its_way_back(site: Site) -> None:
    _, headers, _ = sent(site, "/act/set-stance", ritual="pricing-council", stance="own")
    undo = toast(headers)[1]
    listed = site.ask("/act").text
    assert "ritual stance: pricing-council, own" in listed
    assert f'action="{undo}"' in listed
    sent(site, undo)
    assert f'action="{undo}"' not in site.ask("/act").text, "it is taken back once"


def test_a_page_says_when_a_newer_one_is_there(site: Site) -> None:
    site.made("/decisions")
    assert site.ask("/renewed/decisions?than=0.0.20260630.x").status == 200
    assert site.ask("/renewed/nothing").status == 404
