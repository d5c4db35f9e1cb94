"""Questions that were decided, and when, if ever, the same question was decided once more."""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.text.words import normal_title
from prodops.views.agenda_items import AGENDA_ITEMS
from prodops.views.decisions import DECISIONS

SAME = 0.6
"""From this share of common words on, two titles are one question."""

FEWEST_WORDS = 2
"""A title of one word ("Budget") names an area; decided twice it says nothing of the same question."""

STANDING_FROM = 5
"""A title decided on so many days of one ritual is a standing item, which is meant to come back."""

_WORDS = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    "a an and are as at be by do does for from how if in into is it its new of on or our shall should that "
    "the this to too up use using we what when where whether which who why will with "
    # What every meeting has: its minutes, its agenda, its reports.
    "agenda approval approve approved approving business call last meeting meetings minute minutes next old "
    "previous progress report reports review status team time update updates week weekly".split()
)


def _rows(ledger: Ledger) -> Iterator[tuple[object, ...]]:
    reopened = {one: (again, on) for one, on, again in ledger.sql(_REOPENED)}
    for place, found in sorted(_by_place(ledger).items()):
        for one, later in _followed([one for one in found if len(one.words) >= FEWEST_WORDS]):
            told = [(later.id, later.on)] if later else []
            told += [reopened[one.id]] if one.id in reopened else []
            again, on = min(told, key=lambda each: each[1], default=(None, None))
            yield one.source, place, one.id, one.title, one.on, again, on, one.until


REDECISIONS = View(
    name="redecisions",
    needs=(AGENDA_ITEMS, DECISIONS),
    columns=(
        ("source", "VARCHAR"), ("place", "VARCHAR"), ("id", "VARCHAR"), ("title", "VARCHAR"),
        ("decided_on", "DATE"), ("again", "VARCHAR"), ("again_on", "DATE"), ("observed_until", "DATE"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: source (minutes, log), place (the ritual, or the log), id (of the agenda item or the decision),
title (folded), decided_on, again (what decided the same question next, in the same place), again_on,
observed_until. One row a question decided on a day. Two are the same when their titles share three fifths of
their words (those of the ritual's own name apart), or when a decision was reopened, not planned and without
new evidence. What is said to supersede another is not told here, and neither are standing items."""


class _Item(NamedTuple):
    source: str
    id: str
    title: str
    words: frozenset[str]
    on: date
    until: date


def words_of(title: str) -> frozenset[str]:
    """The words that say what a question is about."""
    return frozenset(_WORDS.findall(normal_title(title))) - _EMPTY


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two titles have in common: words shared by words in either (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _by_place(ledger: Ledger) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    lasts: dict[str, date] = {}
    for item, ritual, day, title, decided in ledger.sql(_ITEMS, views=[AGENDA_ITEMS]):
        lasts[ritual] = max(day, lasts.get(ritual, day))
        if decided:
            words = words_of(title) - words_of(ritual.replace("-", " "))
            found[f"ritual {ritual}"].append(_Item("minutes", item, title, words, day, day))
    for ritual, last in lasts.items():
        found[f"ritual {ritual}"] = [
            one._replace(until=last) for one in _topical(found.get(f"ritual {ritual}", []))
        ]
    for one, log, question, on, until in ledger.sql(_LOGGED, views=[DECISIONS]):
        title = normal_title(question)
        found[f"log {log}".strip()].append(_Item("log", one, title, words_of(question), on, until))
    return found


def _topical(items: list[_Item]) -> list[_Item]:
    """Items without those whose very title is decided on many days."""
    days: dict[str, set[date]] = defaultdict(set)
    for one in items:
        days[one.title].add(one.on)
    return [one for one in items if len(days[one.title]) < STANDING_FROM]


def _followed(items: Iterable[_Item]) -> Iterator[tuple[_Item, _Item | None]]:
    """Each item with the next, on a later day, that decides the same question."""
    ordered = sorted(items, key=lambda one: (one.on, one.id))
    counts = Counter(word for one in ordered for word in one.words)
    telling = [_telling(one.words, counts) for one in ordered]
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(telling):
        for word in words:
            by_word[word].append(place)
    for place, one in enumerate(ordered):
        later = heapq.merge(*(_after(by_word[word], place) for word in telling[place]))
        again = next(
            (
                ordered[at]
                for at in later
                if ordered[at].on > one.on and alike(one.words, ordered[at].words) >= SAME
            ),
            None,
        )
        yield one, again


def _telling(words: frozenset[str], counts: Counter[str]) -> list[str]:
    """The rarest words of a title, so many that every title like it has one of them among its own.

    Source: the prefix filter of Chaudhuri, Ganti and Kaushik (2006), ICDE.
    """
    rarest = sorted(words, key=lambda word: (counts[word], word))
    return rarest[: len(words) - math.ceil(SAME * len(words) - 1e-9) + 1]


def _after(places: list[int], place: int) -> Iterator[int]:
    for at in range(bisect_right(places, place), len(places)):
        yield places[at]


_ITEMS = """
select item, ritual, day, title, decided
from agenda_items
where topical
order by item
"""

_LOGGED = """
select d.id, d.log, d.question, d.decided_on, d.observed_until
from decisions d
where d.decided_on is not null and d.observed_until is not null
    and d.id not in (select id from decision where supersedes is not null)
    and d.id not in (select id from logged_decision where supersedes <> '[]')
order by d.id
"""

_REOPENED = """
select decision, min("on"), min(id)
from decision_outcome
where kind = 'reopened' and not taken_back and not planned and not new_evidence
group by decision
"""
