"""What somebody wrote in words is read by contributors and owners alone, on every way to it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from prodops.ledger.store import open_store
from prodops.pages import units
from prodops.serve.people.roles import ADMITTED, READS_WORDS, ROLES, Role
from prodops.serve.shown.words import INSTEAD
from serve.served import EXAMPLES, load
from serve.visiting import TODAY, House, house

SHORTEST = 25
"""Characters from which on a text is not by chance somewhere else."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load(tmp_path_factory.mktemp("words") / "w", EXAMPLES)


@pytest.fixture(scope="module")
def site(workspace: Path) -> House:
    found = house(workspace)
    for role in ("owner", "viewer", "contributor", "auditor"):
        found.people.accounts.add(f"{role}@example.com", role=role)
    return found


def _texts(workspace: Path, query: str) -> set[str]:
    with open_store(workspace) as store:
        rows = store.ledger(today=TODAY).sql(query)
    return {str(text) for (text,) in rows if len(str(text)) >= SHORTEST}


@pytest.fixture(scope="module")
def messages(workspace: Path) -> set[str]:
    """Texts of messages."""
    return _texts(workspace, "select text from feedback")


@pytest.fixture(scope="module")
def written(workspace: Path, messages: set[str]) -> set[str]:
    """Texts of messages, items of minutes and what agents wrote."""
    return messages | _texts(workspace, "select title from note_item union select words from agent_output")


@pytest.fixture(scope="module")
def places(site: House) -> list[str]:
    """What single rows are asked by: what an agent wrote, and minutes."""
    browser = site.enter("owner@example.com")

    def ways(page: str, like: str) -> list[str]:
        text = browser.get(page).text
        return [
            one
            for one in map(html.unescape, re.findall(r'href="(/evidence[?]of=[^"]*)"', text))
            if like in one
        ]

    lists = [f"/evidence?of={of}" for of in ("ritual_rot", "ungoverned_ai")]
    lists += [way for page in lists for way in ways(page, "%2F") if "%23%23" not in way][:20]
    found = {
        kind: way
        for kind in ("agent_output", "note")
        for page in lists
        for way in ways(page, f"%23%23{kind}%2F")
    }
    assert {"agent_output", "note"} == set(found)
    return list(found.values())


@pytest.mark.parametrize("role", ROLES)
def test_words_are_read_by_those_who_work_with_them(
    site: House, places: list[str], written: set[str], role: Role
) -> None:
    browser = site.enter(f"{role}@example.com")
    may = role in ADMITTED[READS_WORDS]
    for place in places:
        asked = place.partition("?")[2]
        for answer in (
            browser.get(place),
            browser.get(place, headers={"HX-Request": "true"}),
            browser.get(f"/evidence.json?{asked}"),
            browser.get(f"/api/v1/rows?{asked}"),
        ):
            assert 200 == answer.status_code
            plain = (
                html.unescape(answer.text)
                if "html" in answer.headers["content-type"]
                else str(json.loads(answer.text))
            )
            assert may == any(text in plain for text in written)
            assert may == (INSTEAD not in plain)
            assert "Where it can be read again" in plain


def test_who_reads_no_words_meets_no_message_on_any_page_nor_by_searching(
    site: House, messages: set[str]
) -> None:
    browser = site.enter("viewer@example.com")
    pages = {f"/{name}": browser.get(f"/{name}") for name in units()} | {
        "/report.html": browser.get("/report.html")
    }
    shown = {place: html.unescape(answer.text) for place, answer in pages.items()}
    assert {} == {place: text for place, page in shown.items() for text in messages if text in page}
    for text in sorted(messages)[:3]:
        assert text not in html.unescape(browser.get("/search", params={"q": text[:60]}).text)
