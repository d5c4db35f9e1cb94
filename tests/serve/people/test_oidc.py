"""Sign-in by an identity provider that runs: who it vouches for comes in, and nobody else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from oidc_provider_mock import User  # type: ignore[import-untyped]  # it carries no types

from prodops.serve.people.access_log import Asked
from prodops.serve.people.door import Door, Provider
from prodops.serve.people.oidc import ProviderError, SignInByProvider, checked, vouched
from serve.people.providing import SITE, IdentityProvider, free_port, providing, query
from serve.visiting import House, house

ADA, BO, CY = "ada@example.com", "bo@example.com", "cy@elsewhere.example"
KNOWN_TO_BOTH = "the secret of site and provider"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def known(subject: str, email: str, **claims: object) -> User:
    return User(
        sub=subject, claims={"email": email, "email_verified": True, "name": subject.title(), **claims}
    )


PEOPLE = (
    known("ada", ADA),
    known("bo", "Bo@Example.com"),
    known("cy", CY),
    known("dee", "dee@example.com", email_verified=False),
    User(sub="eve", claims={"email": ADA}),
    known("mallory", ADA),
    User(sub="nameless", claims={}),
    User(sub="flo", claims={"email": "flo@example.com", "name": "Flo"}),
)


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    with providing(*PEOPLE) as running:
        yield running


def at(workspace: Path, running: IdentityProvider, **changed: Any) -> House:
    provider = Provider(
        issuer=running.issuer, client=SITE, secret=KNOWN_TO_BOTH, domains=frozenset({"example.com"})
    )
    site = house(workspace, door=Door(provider=replace(provider, **changed)))
    site.people.accounts.add(ADA, role="owner")
    return site


@pytest.fixture
def site(tmp_path: Path, provider: IdentityProvider) -> House:
    return at(tmp_path / "w", provider)


def reasons(site: House) -> list[str]:
    return [one.about for one in site.people.log.rows(Asked(kind="failed sign-in"), most=10)]


def test_who_the_provider_vouches_for_comes_in_to_the_account_of_their_address(
    site: House, provider: IdentityProvider
) -> None:
    browser = site.browser()
    assert "Sign in by your organisation" in browser.get("/signin").text
    done = provider.signs_in(browser, "ada")
    assert (303, "/problems") == (done.status_code, done.headers["location"])
    assert 200 == browser.get("/people").status_code
    assert site.people.accounts.of(ADA).with_provider
    assert 303 == provider.signs_in(site.browser(), "ada").status_code, "and again"


def test_a_new_person_of_an_allowed_domain_is_given_an_account_of_the_set_role(
    tmp_path: Path, provider: IdentityProvider
) -> None:
    site = at(tmp_path / "w", provider, role="contributor")
    browser = site.browser()
    assert 303 == provider.signs_in(browser, "bo").status_code
    made = site.people.accounts.of(BO)
    assert ("Bo", "contributor", False) == (made.name, made.role, made.with_password)
    assert 403 == browser.get("/people").status_code


def test_a_person_of_another_domain_is_given_none(site: House, provider: IdentityProvider) -> None:
    browser = site.browser()
    refused = provider.signs_in(browser, "cy")
    assert (401, True) == (refused.status_code, "no account for you here" in refused.text)
    assert 303 == browser.get("/problems").status_code
    assert [ADA] == [one.email for one in site.people.accounts.all()]


@pytest.mark.parametrize("subject", ["dee", "eve", "nameless"])
def test_an_address_that_the_provider_has_not_verified_is_nobodys(
    site: House, provider: IdentityProvider, subject: str
) -> None:
    refused = provider.signs_in(site.browser(), subject)
    assert 401 == refused.status_code
    assert reasons(site)[0] in ("provider unverified address", "provider no address")
    assert not site.people.accounts.of(ADA).with_provider


def test_an_address_of_a_domain_that_is_vouched_for_is_believed_where_nothing_is_said_of_it(
    tmp_path: Path, provider: IdentityProvider
) -> None:
    site = at(tmp_path / "w", provider, vouched=frozenset({"example.com"}))
    assert 303 == provider.signs_in(site.browser(), "flo").status_code
    assert "Flo" == site.people.accounts.of("flo@example.com").name
    assert 401 == provider.signs_in(site.browser(), "dee").status_code, (
        "it says that this one is not verified"
    )
    other = at(tmp_path / "o", provider, vouched=frozenset({"elsewhere.example"}))
    assert 401 == provider.signs_in(other.browser(), "flo").status_code


def test_another_person_with_the_same_address_does_not_get_the_account(
    site: House, provider: IdentityProvider
) -> None:
    assert 303 == provider.signs_in(site.browser(), "ada").status_code
    refused = provider.signs_in(site.browser(), "mallory")
    assert (401, True) == (refused.status_code, "belongs to another person" in refused.text)


def test_a_disabled_account_stays_out(site: House, provider: IdentityProvider) -> None:
    provider.signs_in(site.browser(), "bo")
    site.people.accounts.disable(BO)
    refused = provider.signs_in(site.browser(), "bo")
    assert (401, True) == (refused.status_code, "disabled" in refused.text)


def test_what_is_asked_of_the_provider_binds_the_answer_to_this_browser(site: House) -> None:
    browser = site.browser()
    one, two = (query(browser.get("/signin/provider").headers["location"]) for _ in range(2))
    assert ("code", "S256", SITE) == (one["response_type"], one["code_challenge_method"], one["client_id"])
    assert f"{site.base}/signin/back" == one["redirect_uri"]
    for name in ("state", "nonce", "code_challenge"):
        assert one[name] != two[name]
        assert len(one[name]) >= 32


def test_a_way_back_that_another_browser_began_is_refused(site: House, provider: IdentityProvider) -> None:
    away = site.browser().get("/signin/provider").headers["location"]
    back = provider.lets_in(away, "ada")
    other = site.browser()
    assert 401 == other.get(back).status_code
    other.get("/signin/provider")
    assert 401 == other.get(back).status_code, "nor one of its own on the way"
    assert ["provider state"] * 2 == reasons(site)


def test_a_way_back_is_good_once(site: House, provider: IdentityProvider) -> None:
    browser = site.browser()
    away = browser.get("/signin/provider").headers["location"]
    kept = dict(browser.cookies)
    back = provider.lets_in(away, "ada")
    assert 303 == browser.get(back).status_code
    replayed = site.browser()
    for name, value in kept.items():
        replayed.cookies.set(name, value)
    assert 401 == replayed.get(back).status_code


def test_a_code_is_good_once_at_the_provider_too(site: House, provider: IdentityProvider) -> None:
    sign_in = site.people.provider
    assert sign_in is not None
    back = f"{site.base}/signin/back"
    begun, where = sign_in.begin(back)
    code = query(provider.lets_in(where, "ada"))["code"]
    assert "ada" == sign_in.finish(code, begun, back).subject
    verifier = next(one["code_verifier"] for one in reversed(provider.sent) if one.get("code") == code)
    proof = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert query(where)["code_challenge"] == proof
    with pytest.raises(ProviderError, match="refused"):
        sign_in.finish(code, begun, back)


def test_a_token_of_another_sign_in_is_refused(site: House, provider: IdentityProvider) -> None:
    browser = site.browser()
    away = browser.get("/signin/provider").headers["location"]
    swapped = away.replace(query(away)["nonce"], "planted-by-somebody-else")
    assert 401 == browser.get(provider.lets_in(swapped, "ada")).status_code
    assert ["provider claim nonce"] == reasons(site)


def test_a_token_for_another_site_is_refused(tmp_path: Path) -> None:
    with providing(*PEOPLE) as running:
        running.swaps = {SITE: "another-site"}
        site = at(tmp_path / "w", running)
        assert 401 == running.signs_in(site.browser(), "ada").status_code
        assert ["provider claim aud"] == reasons(site)


def test_a_token_that_is_over_is_refused(tmp_path: Path) -> None:
    with providing(*PEOPLE, lasts=timedelta(minutes=-5)) as running:
        site = at(tmp_path / "w", running)
        assert 401 == running.signs_in(site.browser(), "ada").status_code
        assert ["provider claim exp"] == reasons(site)


def test_a_provider_that_says_another_name_than_was_set_is_refused(
    tmp_path: Path, provider: IdentityProvider
) -> None:
    site = at(tmp_path / "w", provider)
    provider.name = "localhost:1"
    answer = site.browser().get("/signin/provider")
    provider.name = ""
    assert (502, True) == (answer.status_code, "says something strange of itself (issuer)" in answer.text)


def test_a_provider_that_does_not_answer_is_told_so_and_the_page_stays(tmp_path: Path) -> None:
    site = at(tmp_path / "w", IdentityProvider(free_port()))
    answer = site.browser().get("/signin/provider")
    assert (502, True) == (answer.status_code, "does not answer" in answer.text)
    assert 200 == site.browser().get("/signin").status_code


def test_who_says_no_at_the_provider_is_back_at_sign_in(site: House) -> None:
    browser = site.browser()
    state = query(browser.get("/signin/provider").headers["location"])["state"]
    answer = browser.get("/signin/back", params={"error": "access_denied", "state": state})
    assert (401, True) == (answer.status_code, "did not let you in" in answer.text)


def test_an_answer_in_the_name_of_another_provider_is_refused(
    site: House, provider: IdentityProvider
) -> None:
    browser = site.browser()
    back = provider.lets_in(browser.get("/signin/provider").headers["location"], "ada")
    assert 401 == browser.get(f"{back}&iss=https%3A%2F%2Fevil.example").status_code


def test_the_way_back_leads_to_no_other_site(site: House, provider: IdentityProvider) -> None:
    done = provider.signs_in(site.browser(), "ada", onward="https://evil.example/")
    assert (303, "/") == (done.status_code, done.headers["location"])


def test_what_a_browser_keeps_of_its_way_cannot_be_written_by_it(
    site: House, provider: IdentityProvider
) -> None:
    browser = site.browser()
    back = provider.lets_in(browser.get("/signin/provider").headers["location"], "ada")
    kept = browser.cookies["prodops_on_the_way"]
    browser.cookies.clear()
    browser.cookies.set("prodops_on_the_way", f"A{kept[1:]}")
    assert 401 == browser.get(back).status_code


def test_the_keys_are_asked_once_and_again_for_a_key_that_is_new(tmp_path: Path) -> None:
    with providing(*PEOPLE) as running:
        site = at(tmp_path / "w", running)
        for _ in range(2):
            assert 303 == running.signs_in(site.browser(), "ada").status_code
        assert 1 == running.asked.count("/jwks")
        assert 1 == running.asked.count("/.well-known/openid-configuration")


def test_a_secret_is_read_from_its_file_when_it_is_needed(tmp_path: Path, provider: IdentityProvider) -> None:
    file = tmp_path / "secret"
    site = at(tmp_path / "w", provider, secret_file=file)
    refused = provider.signs_in(site.browser(), "ada")
    assert (401, True) == (refused.status_code, "PRODOPS_OIDC_CLIENT_SECRET_FILE" in refused.text)
    file.write_text("s3cret\n", encoding="utf-8")
    assert 303 == provider.signs_in(site.browser(), "ada").status_code


KEY = RSAKey.generate_key(2048)
CLAIMS = {
    "iss": "https://login.example.com", "aud": SITE, "sub": "ada", "nonce": "n",
    "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 600,
}  # fmt: skip


def check(**changed: object) -> dict[str, Any]:
    claims = {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}
    token = jwt.decode(jwt.encode({"alg": "RS256"}, claims, KEY), KEY)
    return checked(token, "https://login.example.com", SITE, "n", now=NOW)


def test_claims_that_are_meant_for_us_now_are_taken() -> None:
    assert "ada" == check()["sub"]
    assert check(aud=[SITE])["sub"]
    assert check(aud=[SITE, "other"], azp=SITE)["sub"]


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"}, {"iss": None}, {"aud": "other"}, {"aud": None}, {"aud": ["other"]},
        {"aud": [SITE, "other"]}, {"azp": "other"}, {"sub": None}, {"nonce": "m"}, {"nonce": None},
        {"exp": int(NOW.timestamp()) - 61}, {"exp": None}, {"exp": "soon"}, {"iat": None},
        {"iat": int(NOW.timestamp()) + 3_600}, {"nbf": int(NOW.timestamp()) + 3_600},
    ],
)  # fmt: skip
def test_claims_of_another_provider_site_sign_in_or_time_are_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ProviderError):
        check(**changed)


@pytest.mark.parametrize("verified", [None, False, "true", 1, "false"])
def test_only_a_plain_yes_is_a_verified_address(verified: object) -> None:
    with pytest.raises(ProviderError):
        vouched({"sub": "a", "email": ADA, "email_verified": verified}, "https://login.example.com")


def test_a_token_that_the_provider_did_not_sign_is_refused(
    tmp_path: Path, provider: IdentityProvider
) -> None:
    site = at(tmp_path / "w", provider)
    sign_in = site.people.provider
    assert isinstance(sign_in, SignInByProvider)
    sign_in.begin("http://127.0.0.1/signin/back")
    found = sign_in._discovered()  # noqa: SLF001 (no provider that conforms sends such a token)
    shared = OctKey.import_key("a secret that client and provider share, long enough")
    forged = [
        jwt.encode({"alg": "RS256"}, CLAIMS, KEY),
        jwt.encode({"alg": "HS256"}, CLAIMS, shared),
        "eyJhbGciOiJub25lIn0.e30.",  # the header says: no signature
        "", "a.b.c", "no token",
    ]  # fmt: skip
    for text in forged:
        with pytest.raises(ProviderError) as refused:
            sign_in._signed(found, text)  # noqa: SLF001 (the same)
        assert "signature" == refused.value.reason
