"""A log of decisions made by hand: long enough that every number of its page is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from make import make
from prodops.ledger.decisions import (
    Decision,
    DecisionInput,
    DecisionOutcome,
    DecisionQuestion,
    DecisionScore,
    LoggedDecision,
)
from prodops.ledger.record import Citation, PersonId, Prose, Record, RecordId

FIRST = date(2025, 9, 1)
COUNT = 44
WORDS = (
    "amber birch cedar dune ember fjord grove heath inlet jetty kelp ledge marsh north ocean pier quay reef"
)
ELEMENTS = ("frame", "alternatives", "information", "values", "reasoning", "commitment")


def log() -> Iterator[Record]:
    """Decisions of half a year with evidence, predictions, outcomes and scores; one waits, one is read."""
    for i in range(COUNT):
        yield from _decided(i)
    yield make(
        DecisionQuestion, id=RecordId("decision_question:1"), question=Prose("Do we open an office?"),
        asked_on=date(2026, 6, 1), needed_on=date(2026, 7, 10),
    )  # fmt: skip
    yield make(
        LoggedDecision, id=RecordId("adr:decision:docs/0001"), cite=Citation("docs/0001.md", "line 1"),
        log="docs", key="docs:1", question=Prose("Use relational storage"), chosen=Prose("Relational"),
        decided_on=date(2025, 10, 1), evidence=("ai",),
    )  # fmt: skip


def _decided(i: int) -> Iterator[Record]:
    words = WORDS.split()
    one, day = RecordId(f"decision:2026{i:04}"), FIRST + timedelta(days=3 * i)
    number = i % 2 == 0
    yield make(
        Decision, id=one,
        question=Prose(f"Which {words[i % 18]} plan for {words[(i * 5 + 3) % 18]} {'x' * i}?"),
        chosen=Prose("Team"), options=("Team", "do nothing"), decided_on=day,
        asked_on=day - timedelta(days=i % 20), needed_on=day + timedelta(days=2 - i % 5),
        review_on=date(2026, 6, 20) + timedelta(days=i), data_says="for", intuition_says="against",
        predicts=Prose("tickets a week"), predicted_low_number=10.0 if number else None,
        predicted_high_number=20.0 if number else None, probability=None if number else 0.7,
        resolves_on=day + timedelta(days=90), kill_if=Prose("30 customers leave"),
    )  # fmt: skip
    kind = ("data", "customer", "intuition", "ai")[i % 4]
    reviewed = PersonId("person:bob") if i != 3 else None
    yield make(DecisionInput, decision=one, kind=kind, reviewed_by=reviewed)
    for rater in ("ann", "bob"):
        points = {
            f"{name}_points": (i + len(name) + (rater == "bob" and i % 3 == 0)) % 5 for name in ELEMENTS
        }
        yield make(DecisionScore, decision=one, rater=PersonId(f"person:{rater}"), **points)
    if i < 42:
        yield make(
            DecisionOutcome, decision=one, kind="resolved", on=day + timedelta(days=91),
            came_number=float(8 + i % 16) if number else None, happened=None if number else bool(i % 3),
            turned_out=("right", "wrong")[i % 5 == 0],
        )  # fmt: skip
    if i in (4, 9, 12):
        kind = "reversed" if i != 9 else "reopened"
        yield make(DecisionOutcome, decision=one, kind=kind, on=day + timedelta(days=30), planned=i == 12)
