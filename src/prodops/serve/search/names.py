"""People's names and addresses taken out of what can be found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from prodops.ledger.people import Person
from prodops.serve.search.index import Entry, terms_of

if TYPE_CHECKING:
    from prodops.ledger.ledger import Ledger

SOMEBODY = "[name]"
"""Stands where a name of the roster stood."""

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\S+@\S+\.\w+")


def without_people(ledger: Ledger, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries without addresses, and without names of the roster: a first name alone may be a word."""
    names = _names(ledger)
    for entry in entries:
        yield replace(
            entry,
            title=_masked(entry.title, names),
            words=_masked(entry.words, names),
            address=_nameless(entry.address, names),
        )


def _nameless(address: str, names: dict[str, list[tuple[str, ...]]]) -> str:
    """The address, or that of the whole page where it would name somebody."""
    said = unquote_plus(address)
    if _masked(said, names) == said:
        return address
    return "/" + re.split(r"[/?#]", address[1:], maxsplit=1)[0]


def _names(ledger: Ledger) -> dict[str, list[tuple[str, ...]]]:
    """The words of each written name, in both orders, by the first; a name of one word is left."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for person in ledger.records(Person):
        words = tuple(terms_of(person.name))
        if len(words) > 1:
            found[words[0]].add(words)
            found[words[-1]].add((words[-1], *words[:-1]))
    return {first: sorted(runs, key=len, reverse=True) for first, runs in found.items()}


def _masked(text: str, names: dict[str, list[tuple[str, ...]]]) -> str:
    text = _ADDRESS.sub(SOMEBODY, text)
    places = list(_WORD.finditer(text))
    words = [" ".join(terms_of(place.group())) for place in places]
    done, place, end = [], 0, 0
    while place < len(words):
        count = _run(words, place, names)
        if count:
            done += [text[end : places[place].start()], SOMEBODY]
            end = places[place + count - 1].end()
        place += count or 1
    return "".join([*done, text[end:]]) if done else text


def _run(words: list[str], place: int, names: dict[str, list[tuple[str, ...]]]) -> int:
    """How many words from here are somebody's name; 0 for none."""
    for run in names.get(words[place], ()):
        if tuple(words[place : place + len(run)]) == run:
            return len(run)
    return 0
