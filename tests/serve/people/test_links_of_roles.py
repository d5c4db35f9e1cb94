"""Every link that somebody sees leads somewhere: none of those on any page ends in their role's refusal."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest

from prodops.pages import units
from prodops.serve.people.roles import ROLES, Role
from serve.served import EXAMPLES, load
from serve.visiting import House, house

LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
ALL = ("/search?q=roadmap", "/search?q=stance", "/charter/roadmap-review", "/evidence?of=ritual_rot", "/jobs",
       "/settings", "/tokens", "/sources", "/api", "/design")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> House:
    found = house(load(tmp_path_factory.mktemp("links") / "w", EXAMPLES))
    for role in ("owner", "viewer", "contributor", "auditor"):
        found.people.accounts.add(f"{role}@example.com", role=role)
    return found


def kind(link: str) -> str:
    """Links of one kind are let in alike: rows behind numbers, charters, and forms however filled in."""
    path = urlsplit(link).path
    return "/charter" if path.startswith("/charter/") else path


@pytest.mark.parametrize("role", ROLES)
def test_no_link_on_any_page_ends_in_a_refusal(site: House, role: Role) -> None:
    browser = site.enter(f"{role}@example.com")
    waiting = [*(f"/{name}" for name in units()), *ALL]
    asked = set[str]()
    whole, refused = set[str](), list[str]()
    while waiting:
        link = waiting.pop()
        if kind(link) in asked and not (link in ALL and link not in whole):
            continue
        whole.add(link)
        answer = browser.get(link)
        asked.add(kind(link))
        refused += [link] if answer.status_code == 403 else []
        if "text/html" in answer.headers.get("content-type", ""):
            waiting += [unescape(one) for one in LINK.findall(answer.text)]
            assert "<!--for:" not in answer.text
    assert [] == refused
    assert len(asked) > 25


def test_who_may_not_act_is_offered_nothing_to_do(site: House) -> None:
    viewer, owner = (site.enter(f"{role}@example.com") for role in ("viewer", "owner"))
    for path in ("/brief", "/operating-model", "/charter/roadmap-review", "/proof"):
        assert "/act/" in owner.get(path).text
        read = viewer.get(path).text
        assert "/act/" not in read
        assert not re.search(r"<h2[^>]*>[^<]*</h2>\s*</section>", read), "no heading over nothing"
