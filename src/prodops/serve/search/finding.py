"""A question answered: what was found, grouped by kind, with the words that matched marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.serve.search.index import Entry, Index, asked_terms, terms_of
from prodops.serve.search.kinds import KINDS
from prodops.serve.search.postgres_index import PostgresIndex
from prodops.serve.search.sqlite_index import SqliteIndex

if TYPE_CHECKING:
    from pathlib import Path

    from prodops.ledger.state import State

MOST_FOUND = 400
SHOWN_EACH = 8
"""How many of one kind are shown beside others; the rest is counted."""

FRAGMENT_WORDS = 24
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text.

    Attributes:
        text: The words.
        marked: Whether they are what was asked for.
    """

    text: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that was found.

    Attributes:
        title: Its name, in pieces.
        fragment: What else is said of it, around what was asked for, in pieces.
        address: Where it is shown; empty where its own words are all there is.
    """

    title: tuple[Piece, ...]
    fragment: tuple[Piece, ...]
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was found of one kind.

    Attributes:
        kind: The kind.
        title: The kind as a heading.
        hits: The best.
        count: How many there are.
        all_counted: Whether that is all; a search stops counting somewhere.
    """

    kind: str
    title: str
    hits: tuple[Hit, ...]
    count: int
    all_counted: bool


def index_of(state: State, folder: Path) -> Index:
    """The index of a workspace, in whichever database keeps its state."""
    return SqliteIndex(folder) if state.embedded else PostgresIndex(state)


def search(index: Index, query: str, only: str = "") -> tuple[Group, ...]:
    """What is found by a question; nothing for a question without words.

    Kinds stand in their order, those first of which a name has every word.

    Args:
        index: Where to look.
        query: The question.
        only: A kind, to see all of it and nothing else.
    """
    terms = asked_terms(query)
    if not terms:
        return ()
    found = index.find(terms, MOST_FOUND)
    there = {entry.kind for entry in found}
    kinds = [*(kind for kind in KINDS if kind in there), *sorted(there - set(KINDS))]
    named = {one.kind for one in found if _named(one, terms)}
    return tuple(
        _group(kind, [one for one in found if one.kind == kind], terms, len(found), whole=bool(only))
        for kind in sorted(kinds, key=lambda kind: kind not in named)
        if only in ("", kind)
    )


def _named(entry: Entry, terms: Sequence[str]) -> bool:
    words = terms_of(entry.title)
    return all(any(word.startswith(term) for word in words) for term in terms)


def _group(kind: str, found: Sequence[Entry], terms: Sequence[str], counted: int, *, whole: bool) -> Group:
    return Group(
        kind=kind,
        title=KINDS.get(kind, kind.capitalize()),
        hits=tuple(_hit(one, terms) for one in (found if whole else found[:SHOWN_EACH])),
        count=len(found),
        all_counted=counted < MOST_FOUND,
    )


def _hit(entry: Entry, terms: Sequence[str]) -> Hit:
    return Hit(
        title=tuple(_marked(entry.title, terms)),
        fragment=tuple(_marked(_around(entry.words, terms), terms)),
        address=entry.address,
    )


def _around(text: str, terms: Sequence[str]) -> str:
    """Some words of a text, from a little before the first that was asked for."""
    words = text.split()
    first = next((n for n, word in enumerate(words) if _asked(word, terms)), 0)
    start = max(0, first - FRAGMENT_WORDS // 3)
    cut = words[start : start + FRAGMENT_WORDS]
    return ("… " if start else "") + " ".join(cut) + (" …" if start + FRAGMENT_WORDS < len(words) else "")


def _marked(text: str, terms: Sequence[str]) -> Iterator[Piece]:
    end = 0
    for found in _WORD.finditer(text):
        if not _asked(found.group(), terms):
            continue
        if found.start() > end:
            yield Piece(text[end : found.start()], marked=False)
        yield Piece(found.group(), marked=True)
        end = found.end()
    if end < len(text):
        yield Piece(text[end:], marked=False)


def _asked(word: str, terms: Sequence[str]) -> bool:
    """Whether a word, as it is compared, begins like one that was asked for."""
    return any(one.startswith(term) for one in terms_of(word) for term in terms)
