"""The labelling page works as a plain form, keeps answers to their PM, and refuses forms of other sites."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from prodops.serve.settings import Settings
from serve.labelled import TODAY, organisation, pms
from serve.served import Site, serving


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    workspace = organisation(tmp_path_factory.mktemp("desk"))
    with serving(lambda: Settings(workspace, today=TODAY)) as running:
        yield running


class Visit:
    """A browser without scripts: it follows redirects and keeps one cookie."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookie = ""
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Visit:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if method == "POST":
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=body or None, headers=sent)
        response = connection.getresponse()
        self.text, self.status = response.read().decode(), response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        connection.close()
        if "set-cookie" in self.headers:
            self.cookie = self.headers["set-cookie"].partition(";")[0]
        if self.status == 303:
            return self.ask(self.headers["location"])
        return self

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Visit:
        return self.ask(path, "POST", urlencode(fields), **headers)

    def begin(self, me: str) -> Visit:
        return self.post("/label/me", {"me": me})

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found
        return found[1]

    def answer(self, leaf: str) -> Visit:
        return self.post(
            "/label/answer", {"block": self.hidden("block"), "place": self.hidden("place"), "leaf": leaf}
        )


def test_a_pm_answers_block_after_block_and_goes_on_later(site: Site) -> None:
    visit = Visit(site).ask("/label")
    assert "Begin" in visit.text
    visit.begin(pms(5)[0])
    assert "1 of" in visit.text
    assert "drawing the roadmap deck again is C1" in visit.text
    visit.answer("C1").answer("A2")
    assert "3 of" in visit.text
    later = Visit(site).begin(pms(5)[0])
    assert "3 of" in later.text
    again = later.ask("/label?at=1").text
    assert "answered; another answer corrects it" in again
    assert "<strong>C1" not in again


def test_the_form_is_sent_to_this_site_alone_and_no_other_may_send_it(site: Site) -> None:
    visit = Visit(site).begin(pms(5)[1])
    assert "form-action 'self'" in visit.headers["content-security-policy"]
    assert "no-store" in visit.headers["cache-control"]
    fields = {"block": visit.hidden("block"), "place": "1", "leaf": "C1"}
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
        assert 403 == visit.post("/label/answer", fields, **headers).status
    own = f"http://127.0.0.1:{site.port}"
    assert 200 == visit.post("/label/answer", fields, Origin=own, Sec_Fetch_Site="same-origin").status


def test_the_cookie_stays_on_this_page_and_is_given_up(site: Site) -> None:
    visit = Visit(site)
    visit.ask("/label/me", "POST", urlencode({"me": pms(5)[2]}))
    assert visit.cookie
    assert "Begin" not in visit.text
    visit.post("/label/leave", {})
    assert "Begin" in Visit(site).ask("/label").text


def test_nobody_answers_about_a_block_of_another(site: Site) -> None:
    own = Visit(site).begin(pms(5)[3])
    other = Visit(site).begin(pms(5)[4])
    done = other.post("/label/answer", {"block": own.hidden("block"), "place": "1", "leaf": "C1"})
    assert "another PM&#39;s calendar" in done.text


@pytest.mark.parametrize("leaf", ["Z9", "c1", "<b"])
def test_what_is_no_answer_is_said(site: Site, leaf: str) -> None:
    visit = Visit(site).begin(pms(5)[4]).answer(leaf)
    assert "is no answer" in visit.text
    assert "<b" not in visit.text.partition("is no answer")[0][-10:]


def test_a_stranger_is_told_that_no_sample_asks_them(site: Site) -> None:
    visit = Visit(site).begin("<script>@example.com")
    assert "No open sample asks about your calendar" in visit.text
    assert "<script>@" not in visit.text


def test_the_page_needs_no_script_of_its_own_in_it(site: Site) -> None:
    text = Visit(site).begin(pms(5)[4]).text
    assert "<script>" not in text
    assert " onclick" not in text
    assert 200 == Visit(site).ask("/static/label.js").status
    assert text.partition("<main")[2].partition("</main>")[0].count("<kbd>") == 16 + 2


def test_an_empty_workspace_says_what_is_missing(tmp_path: Path) -> None:
    with serving(lambda: Settings(tmp_path / ".prodops", today=TODAY)) as site:
        assert "No calendar of a PM is loaded" in Visit(site).begin("a@example.com").text
