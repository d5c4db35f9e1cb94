"""The guard: who asks, from where, how much, over which connection, and what is written down."""

from __future__ import annotations

import json
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from prodops.serve.people.access_log import Asked
from prodops.serve.people.door import Door
from prodops.serve.web.caller import believe
from prodops.serve.web.guard import BODY_BYTES
from serve.visiting import House, house

ADA, BO, CY = "ada@example.com", "bo@example.com", "cy@example.com"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> House:
    return peopled(house(tmp_path_factory.mktemp("guard") / "w"))


def peopled(site: House) -> House:
    for email, role in ((ADA, "owner"), (BO, "contributor"), (CY, "auditor")):
        site.people.accounts.add(email, role=role)
    return site


def test_nobody_needs_an_account_on_a_machine_that_serves_itself_until_there_is_one(tmp_path: Path) -> None:
    site = house(tmp_path / "w")
    browser = site.browser()
    assert 200 == browser.get("/problems").status_code
    site.people.accounts.add(ADA, role="owner")
    assert 303 == browser.get("/problems").status_code, "from that moment on"


def test_an_error_of_our_own_is_told_without_its_words_and_with_every_header(tmp_path: Path) -> None:
    site = house(tmp_path / "w")

    async def broken(_: Request) -> Response:
        raise RuntimeError("the secret of somebody")

    site.app.router.add_route("/broken", broken)
    browser = TestClient(site.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    answer = browser.get("/broken")
    assert (500, "nosniff") == (answer.status_code, answer.headers["x-content-type-options"])
    assert "Something broke" in answer.text
    assert "secret" not in answer.text


def test_a_site_open_to_others_lets_nobody_in_as_the_machine(tmp_path: Path) -> None:
    site = house(tmp_path / "w", door=Door(loopback=False))
    browser = site.browser()
    assert 303 == browser.get("/problems").status_code
    assert "Nobody has an account here yet" in browser.get("/signin").text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Proto"])
def test_what_a_proxy_passes_on_does_not_come_from_this_machine(tmp_path: Path, header: str) -> None:
    site = house(tmp_path / "w")
    assert 303 == site.browser().get("/problems", headers={header: "198.51.100.1"}).status_code


def test_a_program_is_told_in_json_what_is_missing(site: House) -> None:
    answers = [
        site.browser().get("/problems.json"),
        site.browser().get("/problems", headers={"Accept": "application/json"}),
        site.browser().get("/problems", headers={"Authorization": "Bearer prodops_nothing"}),
        site.browser().get("/problems", headers={"Authorization": "Basic YTpi"}),
    ]
    for answer in answers:
        assert 401 == answer.status_code
        assert "application/problem+json" == answer.headers["content-type"]
        assert 401 == answer.json()["status"]
    assert answers[2].headers["www-authenticate"].startswith("Bearer")


def test_a_part_of_a_page_that_needs_sign_in_sends_the_whole_page_there(site: House) -> None:
    answer = site.browser().get("/problems", headers={"HX-Request": "true"})
    assert (401, "/signin") == (answer.status_code, answer.headers["hx-redirect"])


def test_a_token_reads_as_its_role_and_the_cookie_beside_it_counts_for_nothing(site: House) -> None:
    token = site.token(ADA, "viewer")
    bearer = {"Authorization": f"Bearer {token}"}
    assert 200 == site.browser().get("/problems.json", headers=bearer).status_code
    owner = site.enter(ADA)
    assert 200 == owner.get("/people").status_code
    assert 403 == owner.get("/people", headers=bearer).status_code
    assert 401 == owner.get("/people", headers={"Authorization": "Bearer prodops_x"}).status_code


def test_another_site_cannot_send_in_somebodys_name_but_a_token_comes_from_anywhere(site: House) -> None:
    owner = site.enter(ADA)
    for sign in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert 403 == owner.post("/people/enable", data={"account": BO}, headers=sign).status_code
    assert 303 == owner.post("/people/enable", data={"account": BO}).status_code
    token = site.token(ADA, "owner")
    foreign = {"Origin": "https://evil.example", "Authorization": f"Bearer {token}"}
    assert 303 == site.browser().post("/people/enable", data={"account": BO}, headers=foreign).status_code


def test_a_token_makes_no_tokens_and_changes_no_password(site: House) -> None:
    program = site.browser(authorization=f"Bearer {site.token(ADA, 'owner')}")
    for path in ("/tokens/create", "/tokens/revoke", "/settings/password"):
        assert 422 == program.post(path, data={"label": "more", "key": "0123456789ab"}).status_code


def test_a_body_is_bounded_whether_or_not_it_says_its_length(site: House) -> None:
    body = b"question=" + b"x" * BODY_BYTES
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert 413 == site.enter(BO).post("/decide", content=body, headers=form).status_code
    parts = iter([body[:1_000], body[1_000:]])
    assert 413 == site.enter(BO).post("/decide", content=parts, headers=form).status_code


def test_a_length_that_is_none_is_refused(site: House) -> None:
    assert 413 == site.browser().post("/signin", content=b"", headers={"Content-Length": "-1"}).status_code


def test_nobody_can_send_files(site: House) -> None:
    (found,) = [one.kwargs["uploads"] for one in site.app.user_middleware if "uploads" in one.kwargs]
    assert isinstance(found, frozenset)
    for path in found:
        answer = site.browser().post(path, content=b"x" * 10)
        assert (303, "/signin") == (answer.status_code, answer.headers["location"])


def test_pages_are_kept_by_no_cache_that_several_share(site: House) -> None:
    browser = site.enter(BO)
    assert "private, no-cache" == browser.get("/problems").headers["cache-control"]
    for path in ("/settings", "/tokens"):
        assert "no-store" == browser.get(path).headers["cache-control"]


def test_by_https_a_browser_comes_by_nothing_else_and_its_cookie_is_the_sites_alone(tmp_path: Path) -> None:
    door = Door(loopback=False, hosts=("pages.example.com",))
    site = peopled(house(tmp_path / "w", door=door, base="https://pages.example.com"))
    site.people.accounts.set_password(ADA, "four words nobody joins")
    browser = site.browser()
    done = browser.post("/signin", data={"email": ADA, "password": "four words nobody joins"})
    first = next(one for one in done.headers.get_list("set-cookie") if one.startswith("__Host-prodops="))
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= {
        one.strip().lower() for one in first.split(";")
    }
    assert "domain" not in first.lower()
    assert "max-age=31536000" == done.headers["strict-transport-security"]
    assert 200 == browser.get("/people").status_code


def test_over_plain_http_nothing_promises_https(site: House) -> None:
    assert "strict-transport-security" not in site.browser().get("/signin").headers


def test_a_name_that_was_not_set_is_not_answered(site: House, tmp_path: Path) -> None:
    assert 400 == site.browser(host="evil.example").get("/signin").status_code
    named = house(tmp_path / "w", door=Door(hosts=("pages.example.com",)))
    assert 200 == named.browser(host="pages.example.com").get("/problems").status_code


def asked_by_proxy(tmp_path: Path, peer: str, **headers: str) -> TestClient:
    door = Door(loopback=False, hosts=("testserver",), proxies=(ip_network("10.0.0.0/8"),))
    site = peopled(house(tmp_path / "w", door=door))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return TestClient(site.app, headers=named, client=(peer, 1), follow_redirects=False)


def test_a_proxy_of_ours_is_believed_and_nobody_else(tmp_path: Path) -> None:
    said = {"x_forwarded_for": "203.0.113.7, 198.51.100.1, 10.0.0.9", "x_forwarded_proto": "https"}
    ours = asked_by_proxy(tmp_path / "ours", "10.0.0.5", **said)
    assert "strict-transport-security" in ours.get("/signin").headers
    theirs = asked_by_proxy(tmp_path / "theirs", "198.51.100.9", **said)
    assert "strict-transport-security" not in theirs.get("/signin").headers


def test_the_caller_is_the_nearest_that_is_no_proxy_of_ours() -> None:
    def caller(peer: str, said: str) -> str:
        scope: dict[str, Any] = {"type": "http", "client": (peer, 1), "scheme": "http",
                 "headers": [(b"x-forwarded-for", said.encode())]}  # fmt: skip
        believe(scope, (ip_network("10.0.0.0/8"),))
        return str(scope["client"][0])

    assert "198.51.100.1" == caller("10.0.0.5", "203.0.113.7, 198.51.100.1, 10.0.0.9")
    assert "198.51.100.9" == caller("198.51.100.9", "203.0.113.7")
    assert "10.0.0.5" == caller("10.0.0.5", "")
    assert "10.0.0.5" == caller("10.0.0.5", "unknown")
    assert "10.0.0.9" == caller("10.0.0.5", "rubbish, 10.0.0.9")


def test_writes_and_readings_of_sensitive_pages_are_written_down_and_others_are_not(tmp_path: Path) -> None:
    site = peopled(house(tmp_path / "w"))
    bo, owner = site.enter(BO), site.enter(ADA)
    for path in (
        "/problems",
        "/brief",
        "/interviews",
        "/interviews.json",
        "/evidence",
        "/evidence?of=x",
        "/api/v1/pages/brief",
        "/api/v1/pages/interviews",
        "/api/v1/rows?of=y",
        "/people",
    ):
        bo.get(path)
    bo.post("/decide", data={"question": ""})
    owner.get("/people")
    owner.get("/access")
    mine = site.people.accounts.of(BO).account
    rows = [(one.kind, one.what, one.about, one.status) for one in site.people.log.all(Asked(account=mine))]
    assert [
        ("write", "POST /decide", "", 422),
        ("refused", "GET /people", "", 403),
        ("read", "GET /api/v1/rows", "y", 404),
        ("read", "GET /api/v1/pages/interviews", "", 200),
        ("read", "GET /evidence", "x", 404),
        ("read", "GET /interviews.json", "", 200),
        ("read", "GET /interviews", "", 200),
    ] == rows
    hers = site.people.accounts.of(ADA).account
    assert ["GET /access", "GET /people"] == [one.what for one in site.people.log.all(Asked(account=hers))]
    site.browser().get("/people")
    site.browser().post("/decide")
    assert all(one.account for one in site.people.log.all(Asked())), "who is nobody fills no log"


def test_an_auditor_reads_the_log_as_a_page_and_as_a_table(tmp_path: Path) -> None:
    site = peopled(house(tmp_path / "w"))
    log, auditor = site.people.log, site.enter(CY)
    bo = site.people.accounts.of(BO).account
    for number in range(120):
        log.note(bo, "write", f"POST /deed/{number}", status=303)
    log.note(bo, "read", "GET /evidence", about="=cmd()")
    page = auditor.get("/access", params={"who": bo, "kind": "write", "days": 1}).text
    assert "POST /deed/119" in page
    assert "POST /deed/5<" not in page
    assert "GET /evidence" not in page
    older = page.partition('href="/access?who')[2].partition('"')[0].replace("&amp;", "&")
    assert "POST /deed/5<" in auditor.get(f"/access?who{older}").text
    lines = auditor.get("/access.csv", params={"who": bo}).text.splitlines()
    assert 122 == len(lines)
    assert lines[0].startswith("at,account,who")
    assert BO in lines[1]
    assert "'=cmd()" in lines[1], "no spreadsheet reckons it"
    assert 403 == site.enter(BO).get("/access").status_code
    assert 403 == auditor.post("/decide").status_code, "an auditor changes nothing"


def test_the_problem_of_a_program_says_nothing_of_itself_as_markup(site: House) -> None:
    answer = site.browser().get("/<script>.json")
    assert 404 == answer.status_code
    assert "script" not in json.dumps(answer.json())
