"""The same question decided once more is found by its words; what is meant to come back is not."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from make import make
from prodops.connectors.minutes.parse import parse
from prodops.ledger.decisions import Decision, DecisionOutcome, LoggedDecision
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Prose, Record, RecordId
from prodops.ledger.rituals import Note, NoteItem
from prodops.views.redecisions import REDECISIONS, SAME, alike, words_of

TODAY = datetime(2026, 6, 30, tzinfo=UTC)
DAY = date(2026, 1, 6)
SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "rituals" / "w3c-json-ld-wg"


def agenda(day: date, *titles: str, decided: bool = True, ritual: str = "pricing-council") -> list[Record]:
    note = RecordId(f"{ritual}:{day}")
    items = [
        make(NoteItem, id=RecordId(f"{note}:{n}"), note=note, position=n, title=Prose(title),
             decided=decided, acted=False)
        for n, title in enumerate(titles)
    ]  # fmt: skip
    return [make(Note, id=note, ritual=ritual, held_on=day), *items]


def again(*records: Record) -> list[tuple[Any, ...]]:
    query = "select title, decided_on, again_on from redecisions where again is not null order by 2, 1"
    return Ledger.of(records, today=TODAY).sql(query, views=[REDECISIONS])


def test_a_reworded_question_on_a_later_agenda_is_the_same() -> None:
    later = DAY + timedelta(days=14)
    assert again(*agenda(DAY, "Discounts for annual renewals"),
                 *agenda(later, "Annual renewals: which discounts (round 2)")) == [
        ("discounts for annual renewals", DAY, later)
    ]  # fmt: skip


def test_two_questions_of_one_area_are_two() -> None:
    assert again(*agenda(DAY, "Discounts for annual renewals"),
                 *agenda(DAY + timedelta(days=7), "Price of the annual plan")) == []  # fmt: skip


def test_an_item_that_was_not_decided_another_ritual_and_the_same_day_are_left_out() -> None:
    title = "Discounts for annual renewals"
    assert again(*agenda(DAY, title), *agenda(DAY + timedelta(days=7), title, decided=False)) == []
    other = agenda(DAY + timedelta(days=7), title, ritual="roadmap-review")
    assert again(*agenda(DAY, title), *other) == []
    assert again(*agenda(DAY, title, title)) == []


def test_what_every_meeting_decides_is_no_question() -> None:
    weeks = [DAY + timedelta(days=7 * n) for n in range(6)]
    assert again(*(one for day in weeks for one in agenda(day, "Approve the minutes of last week"))) == []
    assert again(*(one for day in weeks for one in agenda(day, "Bug triage rotation"))) == []
    assert again(*(one for day in weeks[:2] for one in agenda(day, "Pricing council budget"))) == []


def test_a_decision_reopened_without_new_evidence_is_litigated_again() -> None:
    def reopened(key: str, **given: Any) -> list[Record]:
        one = RecordId(f"decision:{key}")
        question = Prose(f"Which export format for {key * 5}")
        return [
            make(Decision, id=one, question=question, decided_on=DAY),
            make(DecisionOutcome, decision=one, kind="reopened", on=date(2026, 2, 1), **given),
        ]

    assert len(again(*reopened("a"))) == 1
    assert again(*reopened("b", planned=True), *reopened("c", new_evidence=True)) == []


def test_a_supersession_is_told_by_the_reversals_and_not_here() -> None:
    old = make(LoggedDecision, log="docs", key="docs:1", question=Prose("Use relational storage"),
               decided_on=DAY)  # fmt: skip
    new = make(LoggedDecision, log="docs", key="docs:2", question=Prose("Use relational storage again"),
               decided_on=date(2026, 3, 1), supersedes=("docs:1",))  # fmt: skip
    assert again(old, new) == []
    assert len(again(old, make(LoggedDecision, log="docs", question=Prose("Relational storage: use it?"),
                               decided_on=date(2026, 3, 1)))) == 1  # fmt: skip


def test_words_that_say_nothing_do_not_make_two_titles_alike() -> None:
    assert words_of("Should we use the new API?") == {"api"}
    assert alike(words_of(""), words_of("")) == 0.0


def test_no_pair_is_missed_for_the_sake_of_speed() -> None:
    dice = random.Random(9)
    words = ["amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath"]
    titles = [" ".join(dice.sample(words, dice.randrange(2, 7))) for _ in range(120)]
    records = [
        make(LoggedDecision, id=RecordId(f"x{n:03}"), log="docs", key=f"docs:{n}", question=Prose(title),
             decided_on=DAY + timedelta(days=n))
        for n, title in enumerate(titles)
    ]  # fmt: skip
    expected = {
        (
            n,
            next(
                (m for m in range(n + 1, 120) if alike(words_of(titles[n]), words_of(titles[m])) >= SAME),
                None,
            ),
        )
        for n in range(120)
    }
    rows = Ledger.of(records, today=TODAY).sql("select id, again from redecisions", views=[REDECISIONS])
    assert {(int(one[1:]), int(other[1:]) if other else None) for one, other in rows} == expected


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared minutes are not here")
def test_in_real_minutes_it_finds_the_questions_that_came_back() -> None:
    records = [
        record
        for path in sorted(SHARED.rglob("*.md"))
        for entry in parse(SourceFile(name=path.name, content=path.read_bytes()))
        for record in entry.records
    ]
    found = {(title, str(day)) for title, day, _ in again(*records)}
    assert ("class-scoped framing", "2019-04-19") in found
    assert ("http parameters for specifying context or frame", "2019-01-04") in found
    assert len(found) <= 10
