"""A PM's own audit stays theirs: with accounts, each sees the blocks of their own calendar alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from prodops.ledger.decisions import Decision
from prodops.ledger.record import person_id
from prodops.ledger.store import open_store
from prodops.ledger.time import Label
from serve.labelled import TODAY, organisation, pms
from serve.visiting import House, hidden, house

ADA, BO = pms(5)[:2]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return organisation(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def site(workspace: Path) -> House:
    found = house(workspace)
    found.people.accounts.add(ADA, role="owner")
    found.people.accounts.add(BO, role="contributor")
    found.people.accounts.add("viewer@example.com", role="viewer")
    return found


def test_each_labels_the_blocks_of_their_own_calendar_whoever_they_say_they_are(
    site: House, workspace: Path
) -> None:
    ada, bo = site.enter(ADA), site.enter(BO)
    assert 303 == bo.post("/label/me", data={"me": ADA}).status_code
    for browser in (ada, bo):
        browser.cookies.set("prodops_me", ADA.replace("@", "%40"))
    hers, his = ada.get("/label").text, bo.get("/label").text
    assert hidden(hers, "block") != hidden(his, "block")
    assert (f"You are {BO};", False) == (re.findall(r"You are [^ ]+;", his)[0], "Somebody else" in his)
    sent = {"block": hidden(hers, "block"), "place": "1", "leaf": "C1"}
    refused = bo.post("/label/answer", data=sent)
    assert "another PM&#39;s calendar" in refused.text
    own = {"block": hidden(his, "block"), "place": "1", "leaf": "C1"}
    assert 303 == bo.post("/label/answer", data=own).status_code
    with open_store(workspace) as store:
        labels = list(store.ledger(today=TODAY).records(Label))
    assert [person_id(BO)] == [one.labelled_by for one in labels]


def test_who_only_reads_labels_nothing(site: House) -> None:
    assert 403 == site.enter("viewer@example.com").get("/label").status_code


def test_what_is_declared_is_declared_by_the_account(site: House, workspace: Path) -> None:
    fields = {
        "question": "Which queue first?", "option": "the long one\ndo nothing", "chosen": "the long one",
        "evidence": "data: it waits 9 days", "review": "2027-01-31", "data_says": "for",
    }  # fmt: skip
    done = site.enter(BO).post("/decide", data=fields)
    assert 303 == done.status_code, done.text
    with open_store(workspace) as store:
        (found,) = store.ledger(today=TODAY).records(Decision)
    assert person_id(BO) == found.declared_by
