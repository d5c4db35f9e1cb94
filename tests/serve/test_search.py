"""The search: the same words on both databases, questions are data, and nobody's name is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_

from ledger.storing import decision, load, person
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Prose
from prodops.ledger.state import State, open_state
from prodops.ledger.store import Store, open_store
from prodops.pages import units
from prodops.serve.prepared.computing import Made, make_all, opened
from prodops.serve.search.entries import TERMS, entries
from prodops.serve.search.finding import Hit, index_of, search
from prodops.serve.search.index import Entry, asked_terms
from prodops.serve.search.kinds import KINDS
from prodops.serve.search.names import SOMEBODY, without_people
from prodops.serve.search.rebuilding import rebuild, version_of
from prodops.serve.search.sqlite_index import SqliteIndex
from prodops.serve.settings import Settings
from serve.served import EXAMPLES, serving
from serve.served import load as load_files

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime(2026, 12, 1, tzinfo=UTC)

ENTRIES = (
    Entry(kind="ritual", title="Pricing committee", words="pricing decide", address="/rituals"),
    Entry(kind="decision", title="Raise the price?", words="Nº 3 standing. Wait", address="/decisions"),
    Entry(kind="metric", title="Überblick monatlich", words="price of nothing", address="/metrics"),
    Entry(kind="term", title="RIT01 A ritual that decides nothing", words="", address="/method"),
)

HOSTILE = (
    '"', "'", "a OR b", 'NEAR("x" y)', "title:x", "x*", "(x", "-x", "^x", "x' | 'y", "\\", "%_", "\0",
    "a\0b", "🙂", "𝓍", "; drop table entry", "x" * 10_000, " ".join("abc" for _ in range(3_000)),
    "<script>", "ﬁ", "\u202ex",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    """An empty workspace."""
    with open_store(tmp_path / "w", database_url) as opened_store:
        yield opened_store


@pytest.fixture
def state(store: Store, database_url: str | None) -> Iterator[State]:
    """Its state database."""
    opened_state = open_state(store.folder, database_url)
    yield opened_state
    opened_state.close()


def titles(state: State, folder: Path, query: str) -> list[str]:
    groups = search(index_of(state, folder), query)
    return ["".join(piece.text for piece in hit.title) for group in groups for hit in group.hits]


def marked(hit: Hit) -> list[str]:
    return [piece.text for piece in (*hit.title, *hit.fragment) if piece.marked]


def test_words_are_found_by_their_beginning_whatever_their_case_and_accents(
    store: Store, state: State
) -> None:
    index = index_of(state, store.folder)
    assert ("", []) == (index.version(), index.find(["pric"], 9))
    index.replace("1", ENTRIES)
    assert "1" == index.version()
    assert ["Pricing committee"] == titles(state, store.folder, "PRICI commit")
    assert ["Überblick monatlich"] == titles(state, store.folder, "uber")
    assert ["RIT01 A ritual that decides nothing"] == titles(state, store.folder, "rit01")
    ranked = [one.title for one in index.find(["price"], 9)]
    assert ["Raise the price?", "Überblick monatlich"] == ranked, "a title weighs more than words"
    assert [] == titles(state, store.folder, "pricing monatlich")
    index.replace("2", ENTRIES[:1])
    assert ("2", []) == (index.version(), titles(state, store.folder, "uber"))
    index.replace("3", ())
    assert [] == titles(state, store.folder, "pric")


@pytest.mark.parametrize("query", HOSTILE)
def test_a_question_is_data(store: Store, state: State, query: str) -> None:
    index_of(state, store.folder).replace("1", ENTRIES)
    assert len(ENTRIES) >= len(titles(state, store.folder, query))


def test_what_was_asked_for_is_marked_in_title_and_words(store: Store, state: State) -> None:
    index = index_of(state, store.folder)
    index.replace(
        "1", [replace(ENTRIES[0], words="far " * 60 + "the pricing of <b>things</b> " + "off " * 60)]
    )
    [group] = search(index, "pric")
    assert ["Pricing", "pricing"] == marked(group.hits[0])
    assert "…" in group.hits[0].fragment[0].text
    assert ("Rituals", 1, True) == (group.title, group.count, group.all_counted)


def test_kinds_whose_names_have_the_words_come_first_and_one_kind_can_be_seen_whole(
    store: Store, state: State
) -> None:
    index = index_of(state, store.folder)
    many = [replace(ENTRIES[0], title=f"Weekly {n}", words="the price") for n in range(20)]
    index.replace("1", [*many, ENTRIES[1]])
    assert ["decision", "ritual"] == [group.kind for group in search(index, "price")]
    [all_of_it] = search(index, "price", "ritual")
    assert (20, 20) == (all_of_it.count, len(all_of_it.hits))


@settings(max_examples=60)
@given(any_.text(max_size=60))
def test_any_text_gives_words_that_need_no_escape(text: str) -> None:
    assert all(term.isalnum() or not term.isascii() for term in asked_terms(text))
    assert not any(sign in term for term in asked_terms(text) for sign in "'\"\\ *:&|!()")


def test_a_file_that_is_no_index_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "search.db").write_bytes(b"something else" * 100)
    assert ("", []) == (SqliteIndex(tmp_path).version(), SqliteIndex(tmp_path).find(["x"], 1))


def test_names_of_the_roster_are_taken_out_in_both_orders() -> None:
    ledger = Ledger.of([person("José Smith", "jose.smith@corp.example")], today=TODAY)
    said = "Ask jose smith, Smith José, jose.smith@corp.example or Smith and José"
    where = f"/decisions#:~:text={quote(said)}"
    [found] = without_people(ledger, [Entry(kind="term", title=said, words=said, address=where)])
    assert "/decisions" == found.address
    assert f"Ask {SOMEBODY}, {SOMEBODY}, {SOMEBODY} or Smith and José" == found.title == found.words


def test_a_person_and_a_message_cannot_be_found_and_forgetting_takes_the_index_along(
    store: Store, state: State
) -> None:
    load(store, {"roster.csv": [person("Ann Smith", "ann.smith@corp.example")]}, connector="roster")
    asks = replace(decision("1"), question=Prose("Shall Ann Smith keep the pricing list?"))
    store.append([asks], gate=lambda _: [], today=TODAY)
    made = make_all(store, state, TODAY)
    assert rebuild(store, state, ledger=made.ledger, mark=made.mark, pages=made.pages) > 0
    assert [] == titles(state, store.folder, "smith")
    assert [f"Shall {SOMEBODY} keep the pricing list?"] == titles(state, store.folder, "pricing list")
    store.forget_person(["ann.smith@corp.example", "Ann Smith"])
    assert "" == index_of(state, store.folder).version()
    assert 0 == rebuild(store, state, ledger=made.ledger, mark=made.mark, pages=made.pages)
    assert [] == titles(state, store.folder, "pricing list"), "what was made before may not come back"
    again = Made(*opened(store, state, TODAY), made.pages)
    assert rebuild(store, state, ledger=again.ledger, mark=again.mark, pages=again.pages) > 0
    assert version_of(again.mark) == index_of(state, store.folder).version()


def test_the_example_is_found_under_every_kind_it_has(tmp_path: Path) -> None:
    workspace = load_files(tmp_path / ".prodops", EXAMPLES)
    with open_store(workspace) as store:
        ledger = store.ledger(today=TODAY)
        found = entries(ledger, [unit.page(ledger) for unit in units().values()], store.sources())
    kinds = {one.kind for one in found}
    assert kinds <= set(KINDS)
    assert {"page", "finding", "ritual", "metric", "channel", "action", "source", "term"} <= kinds
    assert all(one.title for one in found)
    assert not [one for one in found if one.kind == "source" and one.title.endswith(".ics")]


def test_the_words_of_the_glossary_are_those_of_the_documents() -> None:
    words = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").split("\n## ")[1]
    rows = [
        line[2:-2].split(" | ", 1)
        for line in words.splitlines()
        if line.startswith("| ") and "---" not in line
    ]
    assert "".join(f"{term}\t{means}\n" for term, means in rows[1:]) == TERMS.read_text(encoding="utf-8"), (
        "copy the rows of docs/glossary.md to serve/search/terms.tsv, with a tab between word and meaning"
    )


def test_the_page_searches_by_a_form_and_says_what_is_not_searched(tmp_path: Path) -> None:
    workspace = load_files(tmp_path / ".prodops", EXAMPLES / "roster.csv")
    with open_store(workspace) as store:
        state = open_state(workspace, None)
        made = make_all(store, state, TODAY)
        rebuild(store, state, ledger=made.ledger, mark=made.mark, pages=made.pages)
        state.close()
    with serving(lambda: Settings(workspace, today=TODAY)) as site:
        empty = site.ask("/search")
        assert (200, "no-store") == (empty.status, empty.headers["cache-control"])
        assert "Not found are the texts of messages" in empty.text
        found = site.ask("/search?q=ritu").text
        assert "<mark>Rituals</mark>" in found
        assert 'value="ritu"' in found
        nothing = site.ask(f"/search?q={quote('<b>xyzzy</b>')}").text
        assert "Nothing has all of these words" in nothing
        assert "<b>xyzzy" not in nothing
        for query in HOSTILE:
            assert 200 == site.ask(f"/search?q={quote(query)}").status
        told = json.loads(site.ask("/search.json?q=ritu").text)
        assert (True, False) == (told["made"], told["stale"])
        assert "page" in {group["kind"] for group in told["groups"]}


def test_a_search_before_there_is_an_index_has_one_made(tmp_path: Path) -> None:
    workspace = load_files(tmp_path / ".prodops", EXAMPLES / "roster.csv")
    with serving(lambda: Settings(workspace, today=TODAY)) as site:
        assert "made for the first time" in site.ask("/search?q=ritual").text
