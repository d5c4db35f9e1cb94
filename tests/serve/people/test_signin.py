"""Coming in and going out by the pages: one answer for all that is wrong, and no way to another site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from prodops.serve.people.access_log import Asked
from prodops.serve.people.secret import digest_of
from prodops.serve.people.throttle import PAIR
from prodops.serve.web.refusals import own_place
from serve.visiting import PASSWORD, House, cookies, hidden, house, sign_in

ADA, BO = "ada@example.com", "bo@example.com"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> House:
    found = house(tmp_path_factory.mktemp("signin") / "w")
    found.add(ADA, "owner")
    found.add(BO, "viewer")
    return found


def test_a_page_leads_to_sign_in_and_sign_in_leads_back(site: House) -> None:
    browser = site.browser()
    away = browser.get("/problems?x=1%262")
    assert (303, "/signin?next=%2Fproblems%3Fx%3D1%25262") == (away.status_code, away.headers["location"])
    form = browser.get(away.headers["location"])
    assert 200 == form.status_code
    assert "no-store" == form.headers["cache-control"]
    onward = hidden(form.text, "next").replace("&amp;", "&")
    done = browser.post("/signin", data={"email": BO, "password": PASSWORD, "next": onward})
    assert (303, "/problems?x=1%262") == (done.status_code, done.headers["location"])
    assert "HttpOnly" in cookies(done.headers)
    assert "samesite=lax" in cookies(done.headers).lower()
    assert 200 == browser.get("/problems").status_code


def test_every_wrong_way_in_gets_the_same_answer(site: House) -> None:
    def says(email: str, password: str) -> tuple[int, str]:
        answer = site.browser().post("/signin", data={"email": email, "password": password})
        return answer.status_code, answer.text.replace(email, "")

    wrong = says(ADA, "not the password")
    assert 401 == wrong[0]
    assert wrong == says("nobody@example.com", PASSWORD)
    assert wrong[0] == says("", "")[0]


def test_a_session_of_before_is_not_gone_on_with(site: House) -> None:
    browser = site.browser()
    browser.cookies.set("prodops", "planted by somebody else", domain="127.0.0.1")
    assert 303 == sign_in(browser, BO)
    assert "planted by somebody else" not in browser.cookies.values()
    first = browser.cookies["prodops"]
    assert 303 == sign_in(browser, BO)
    assert first != browser.cookies["prodops"]
    assert site.people.sessions.visitor(first) is None


def test_signing_out_ends_the_session_and_drops_what_was_read(site: House) -> None:
    browser = site.browser()
    sign_in(browser, BO)
    secret = browser.cookies["prodops"]
    out = browser.post("/signout")
    assert (303, "/signin", '"cache"') == (
        out.status_code, out.headers["location"], out.headers["clear-site-data"],
    )  # fmt: skip
    assert site.people.sessions.visitor(secret) is None
    assert 303 == browser.get("/problems").status_code


def test_signing_out_everywhere_ends_every_browser_of_one_person(site: House) -> None:
    one, two, other = site.enter(BO), site.enter(BO), site.enter(ADA)
    assert 303 == one.post("/settings/signout/everywhere").status_code
    assert [303, 303, 200] == [browser.get("/problems").status_code for browser in (one, two, other)]


def test_a_password_is_changed_by_who_knows_it_and_every_browser_signs_in_anew(site: House) -> None:
    site.add("cy@example.com", "viewer")
    browser = site.enter("cy@example.com")
    wrong = browser.post("/settings/password", data={"old": "a wrong one", "new": "another four words"})
    assert 422 == wrong.status_code
    short = browser.post("/settings/password", data={"old": PASSWORD, "new": "short"})
    assert (422, True) == (short.status_code, "12 to 1024 characters" in short.text)
    done = browser.post("/settings/password", data={"old": PASSWORD, "new": "another four words"})
    assert (303, "/signin") == (done.status_code, done.headers["location"])
    assert 303 == browser.get("/problems").status_code
    assert 401 == sign_in(site.browser(), "cy@example.com")
    assert 303 == sign_in(site.browser(), "cy@example.com", "another four words")


@pytest.mark.parametrize(
    "place",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example",
     "javascript:alert(1)", "evil.example", "", "/\n/evil.example", "https:/evil.example"],
)  # fmt: skip
def test_sign_in_never_leads_to_another_site(site: House, place: str) -> None:
    assert "/" == own_place(place)
    browser = site.browser()
    done = browser.post("/signin", data={"email": BO, "password": PASSWORD, "next": place})
    assert (303, "/") == (done.status_code, done.headers["location"])


def test_guessing_is_answered_with_a_wait_even_where_the_guess_is_right(tmp_path: Path) -> None:
    site = house(tmp_path / "w")
    site.add(ADA, "owner")
    browser = site.browser()
    assert [401] * PAIR == [sign_in(browser, ADA, f"guess number {n}") for n in range(PAIR)]
    waits = browser.post("/signin", data={"email": ADA, "password": PASSWORD})
    assert (429, "900") == (waits.status_code, waits.headers["retry-after"])
    failed = site.people.log.rows(Asked(kind="failed sign-in"), most=100)
    assert PAIR == len(failed), "what waits is not written down again, or one could fill the log"


def test_guessing_the_present_password_is_slowed_down_as_sign_in_is(tmp_path: Path) -> None:
    site = house(tmp_path / "w")
    site.add(ADA, "owner")
    browser = site.browser()
    sign_in(browser, ADA)
    tries = [
        browser.post(
            "/settings/password", data={"old": f"guess number {number}", "new": "another four words"}
        )
        for number in range(PAIR)
    ]
    assert {422} == {one.status_code for one in tries}
    right = browser.post("/settings/password", data={"old": PASSWORD, "new": "another four words"})
    assert (429, True) == (right.status_code, "Wait a quarter of an hour" in right.text)
    assert 200 == browser.get("/settings").status_code, "whoever is in stays in"


def test_people_who_come_are_seen_in_the_log(site: House) -> None:
    browser = site.browser(
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    sign_in(browser, BO)
    bo = site.people.accounts.of(BO).account
    assert "Firefox on Linux" in [one.label for one in site.people.sessions.open_of(bo)]
    newest = site.people.log.rows(Asked(account=bo), most=1)[0]
    assert ("sign-in", "POST /signin", "password") == (newest.kind, newest.what, newest.about)


def test_one_browser_is_signed_out_from_another_and_nobody_elses_is(site: House) -> None:
    here, lost, hers = site.enter(BO), site.enter(BO), site.enter(ADA)
    mine = site.people.sessions.open_of(site.people.accounts.of(BO).account)
    key = digest_of(lost.cookies["prodops"])[:12]
    assert key in {one.key for one in mine}
    assert 303 == here.post("/settings/signout", data={"key": key}).status_code
    assert [200, 303] == [browser.get("/problems").status_code for browser in (here, lost)]
    not_mine = digest_of(hers.cookies["prodops"])[:12]
    assert 422 == here.post("/settings/signout", data={"key": not_mine}).status_code
    assert 200 == hers.get("/problems").status_code


def test_a_token_is_made_shown_once_and_revoked_by_its_holder_alone(site: House) -> None:
    browser, other = site.enter(BO), site.enter(ADA)
    made = browser.post("/tokens/create", data={"label": "Nightly export", "role": "viewer", "days": "2"})
    (secret,) = re.findall(r"prodops_[\w-]{43}", made.text)
    page = browser.get("/tokens").text
    assert "Nightly export" in page
    assert secret not in page
    key = digest_of(secret)[:12]
    bearer = {"Authorization": f"Bearer {secret}"}
    assert 200 == site.browser().get("/problems.json", headers=bearer).status_code
    assert 422 == other.post("/tokens/revoke", data={"key": key}).status_code
    assert 303 == browser.post("/tokens/revoke", data={"key": key}).status_code
    assert 401 == site.browser().get("/problems.json", headers=bearer).status_code
    more = browser.post("/tokens/create", data={"label": "x", "role": "owner", "days": "2"})
    assert (422, True) == (more.status_code, "cannot be owner" in more.text)


def test_a_machine_without_accounts_needs_no_token_and_says_how_to_let_others_in(tmp_path: Path) -> None:
    browser = house(tmp_path / "w").browser()
    assert "make the first account" in browser.get("/settings").text
    assert "belongs to an account" in browser.get("/tokens").text
    assert 422 == browser.post("/tokens/create", data={"label": "x"}).status_code
    assert 422 == browser.post("/people/add", data={"email": ADA, "role": "viewer"}).status_code
    made = browser.post("/people/add", data={"email": ADA, "role": "owner"})
    assert "A password for ada@example.com" in made.text
    assert 303 == browser.get("/people").status_code, "from here on one signs in"
