"""What the blocks of each title are for, as far as a title can say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.text.words import normal_title
from prodops.views.blocks import BLOCKS

LEAVES = ("A1", "A2", "A3", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "C5", "C6", "C7")
GROUPS = ("A", "B", "C")
UNKNOWN = "X"

READINGS = ("A", "A?", "B", "B?", "C", "C?", "X?")
"""What the classifier can answer: a group, surely or with a question mark, or that the title does not say."""

SURE_FROM = 0.8
"""Probability of its group from which a reading is sure; it sorts readings and promises nothing."""

WEIGHTS = Path(__file__).with_name("purpose_weights.json")

BLANK = frozenset({
    "meeting", "meetings", "call", "calls", "zoom", "teams", "meet", "google", "webex", "link", "event",
    "time", "block", "blocked", "blocker", "blocking", "hold", "holding", "held", "busy", "private",
    "personal", "reserved", "placeholder", "tentative", "tbd", "tbc", "tba", "untitled", "title",
    "appointment", "appt", "unavailable", "available", "focus", "deep", "work", "working", "heads",
    "down", "headsdown", "quiet", "dnb", "dns", "ooo", "book", "booked", "please", "do", "no", "not",
    "nomeetings", "sync", "quick", "chat", "stuff", "things", "misc", "discussion", "discuss", "catch",
    "catchup", "invitation", "invite", "invited", "accepted", "declined", "updated", "canceled",
    "cancelled", "fwd", "fw", "re", "new", "copy", "out", "office", "day", "off", "lunch", "break",
    "gym", "dentist", "doctor", "school", "run", "pickup", "pick", "up", "drop", "kids", "commute",
    "travel", "train", "flight", "vacation", "holiday", "holidays", "pto", "leave", "privat", "termin",
    "besprechung", "urlaub", "arzt", "mittag", "mittagspause", "pause", "beschäftigt", "geblockt",
    "fokus", "fokuszeit", "privé", "réunion", "reunion", "déjeuner", "occupé", "bloqué", "vacances",
    "médecin", "privado", "reunión", "almuerzo", "ocupado", "vacaciones", "médico", "a", "an", "the",
    "with", "for", "to", "of", "my", "me", "and", "or", "in", "at", "on",
})  # fmt: skip
"""Words of titles that say that time is taken, and not what for."""

_LETTERS = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(
    r"^\s*[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]*)?\s*(?:<>|<->|↔|/|\||&|\+|:|-|–|x|and|und|et|y|with)\s*"
    r"[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]*)?\s*$"
)


class Titled(NamedTuple):
    """What is known of the blocks of one title, as the classifier reads it.

    Attributes:
        title: As the calendar has it.
        own_share: Share of them that have nobody else in them.
        people: Mean number of people invited.
        recurs: Whether it recurs.
    """

    title: str
    own_share: float
    people: float
    recurs: bool


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    titled = [Titled(str(t), float(o), float(p), bool(r)) for t, o, p, r in ledger.sql(_SQL, views=[BLOCKS])]
    return read_purposes(titled) if titled else ()


BLOCK_PURPOSES = View(
    name="block_purposes",
    needs=(BLOCKS,),
    columns=(
        ("title", "VARCHAR"), ("folded", "VARCHAR"), ("reading", "VARCHAR"), ("best_a", "VARCHAR"),
        ("best_b", "VARCHAR"), ("best_c", "VARCHAR"), *((leaf, "DOUBLE") for leaf in LEAVES), ("X", "DOUBLE"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: title (as in `blocks`), folded (without dates and numbers), reading (one of `READINGS`, or X when
the title has no words to go by), best_a, best_b, best_c (the likeliest leaf if it were of that group), and
the probability of each leaf and of X. One row a title. Readings err; `blocks_by_purpose` corrects for how
often they erred on titles that were never trained on."""

_SQL = """
select
    title,
    avg(case when kind = 'own' then 1e0 else 0e0 end) as own_share,
    avg(cast(invited as double precision)) as people,
    max(case when series is null then 0 else 1 end) as recurs
from blocks
group by title
order by title
"""


def read_purposes(titled: list[Titled]) -> Iterator[tuple[object, ...]]:
    """A row of `BLOCK_PURPOSES` for each title, in the same order."""
    import numpy as np  # lazy: 100 ms that `prodops --help` must not pay

    from prodops.text.classifier import LinearClassifier  # lazy: it needs NumPy

    classifier = LinearClassifier.read(WEIGHTS.read_text(encoding="utf-8"))
    order = [classifier.classes.index(leaf) for leaf in (*LEAVES, UNKNOWN)]
    cues = [cues_of(one) for one in titled]
    texts = [normal_title(one.title) for one in titled]
    chances = classifier.probabilities(texts, cues)[:, order]
    edges = [0, *(i for i in range(1, len(LEAVES)) if LEAVES[i][0] != LEAVES[i - 1][0]), len(LEAVES)]
    groups = np.add.reduceat(chances, [*edges[:-1], len(LEAVES)], axis=1)
    best = groups.argmax(axis=1)
    sure = groups.max(axis=1) >= SURE_FROM
    leaves = [chances[:, start:end].argmax(axis=1) + start for start, end in pairwise(edges)]
    each = zip(titled, texts, chances.tolist(), best.tolist(), sure.tolist(), *leaves, strict=True)
    for one, folded, row, group, certain, a, b, c in each:
        if says_nothing(folded):
            yield one.title, folded, UNKNOWN, "A1", "B1", "C1", *([0.0] * len(LEAVES)), 1.0
        else:
            reading = "X?" if group == len(GROUPS) else f"{GROUPS[group]}{'' if certain else '?'}"
            yield one.title, folded, reading, LEAVES[a], LEAVES[b], LEAVES[c], *row


def says_nothing(folded: str) -> bool:
    """Whether a folded title has no word that could tell a purpose: `Busy`, `Hold`, `???`, an empty title.

    `1:1` has no letters and says much.
    """
    if "1:1" in folded:
        return False
    return all(word in BLANK or len(word) == 1 for word in _LETTERS.findall(folded))


def cues_of(one: Titled) -> list[str]:
    """What a title's blocks say besides its words, by the names that the weights know."""
    if one.own_share > 0.5:
        size = "solo"
    else:
        size = "two" if one.people <= 2 else "few" if one.people <= 8 else "many"
    cues = [f"cue {size}"]
    if one.recurs:
        cues.append("cue recurs")
    if size == "two" and _PAIR.match(one.title):
        cues.append("cue pair")
    return cues


def confusions() -> dict[str, dict[str, list[float]]]:
    """How often the test corpus was misread: for the groups, and inside each group for its leaves.

    `groups` maps A, B, C and X to counts in the order of `READINGS`; `A`, `B` and `C` map each leaf to
    counts of the likeliest leaf in the order of the group's leaves.
    """
    told: dict[str, dict[str, list[float]]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["confusion"]
    return told
