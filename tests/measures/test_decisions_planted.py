"""Planted reversals and questions decided again are found at the rate at which they were planted."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from make import make
from prodops.ledger.decisions import Decision, DecisionOutcome, DecisionQuestion
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Prose, Record, RecordId
from prodops.measures.decisions import (
    days_to_decide,
    intervals_held,
    relitigated_share,
    reversed_planned,
    reversed_unplanned,
)
from prodops.stats.estimate import Estimate

TODAY = datetime(2026, 6, 30, tzinfo=UTC)
DECISIONS, LOGS = 150, 30
UNPLANNED, PLANNED, AGAIN, HELD = 0.20, 0.10, 0.15, 0.60
"""What is planted: shares within 90 days (180 for questions decided again), and of intervals that hold."""

MEDIAN_DAYS = 14.0


def _log(seed: int) -> Iterator[Record]:
    """Decisions of 400 days, the youngest of which have not had their 90 days."""
    dice = random.Random(seed)
    for i in range(DECISIONS):
        age = dice.randrange(1, 400)
        waited = round(dice.expovariate(math.log(2) / MEDIAN_DAYS))
        on = TODAY.date() - timedelta(days=age)
        one = RecordId(f"decision:{i:04}")
        question = f"Plan {_word(dice)} for {_word(dice)}?"
        yield make(
            Decision, id=one, question=Prose(question), decided_on=on, asked_on=on - timedelta(days=waited),
            predicted_low_number=0.0, predicted_high_number=1.0,
        )  # fmt: skip
        came = 0.5 if dice.random() < HELD else 2.0
        if age > 95:
            yield _outcome(one, "resolved", on + timedelta(days=95), came_number=came)
        yield from _fate(dice, one, on)


def _fate(dice: random.Random, one: RecordId, on: date) -> Iterator[Record]:
    """At most one end, on an even day of its span; what would come after today has not come yet."""
    draw, today = dice.random(), TODAY.date()
    if draw < UNPLANNED + PLANNED:
        at = on + timedelta(days=dice.randrange(1, 91))
        if at <= today:
            yield _outcome(one, "reversed", at, planned=draw < PLANNED)
    elif draw < UNPLANNED + PLANNED + AGAIN:
        # Asked again after the 90 days of a reversal, without anything new.
        at = on + timedelta(days=dice.randrange(91, 181))
        if at <= today:
            yield _outcome(one, "reopened", at)


def _outcome(one: RecordId, kind: str, on: date, **given: object) -> Record:
    return make(DecisionOutcome, decision=one, kind=kind, on=on, **given)


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("bcdfghjklmnprstvwz") + dice.choice("aeiou") for _ in range(4))


@pytest.fixture(scope="module")
def ledgers() -> list[Ledger]:
    return [Ledger.of(_log(seed), today=TODAY) for seed in range(LOGS)]


def _covered(answers: list[Estimate], truth: float) -> int:
    return sum((one.low or 0.0) <= truth <= (one.high or 0.0) for one in answers)


def _mean(answers: list[Estimate]) -> float:
    return sum(one.value or 0.0 for one in answers) / len(answers)


def test_planted_reversals_are_found_and_told_apart(ledgers: list[Ledger]) -> None:
    for unit, truth in ((reversed_unplanned, UNPLANNED), (reversed_planned, PLANNED)):
        answers = [unit.measure(one) for one in ledgers]
        assert _mean(answers) == pytest.approx(truth, abs=0.02)
        assert _covered(answers, truth) >= 0.85 * LOGS


def test_the_naive_share_of_reversed_decisions_is_too_low(ledgers: list[Ledger]) -> None:
    query = "select count(*) from decision_outcome where kind = 'reversed' and not planned"
    naive = sum(one.sql(query)[0][0] for one in ledgers) / (LOGS * DECISIONS)
    answers = [reversed_unplanned.measure(one) for one in ledgers]
    assert abs(naive - UNPLANNED) > abs(_mean(answers) - UNPLANNED)
    assert naive < UNPLANNED


def test_questions_decided_again_are_found(ledgers: list[Ledger]) -> None:
    answers = [relitigated_share.measure(one) for one in ledgers]
    assert _mean(answers) == pytest.approx(AGAIN, abs=0.02)
    assert _covered(answers, AGAIN) >= 0.85 * LOGS


def test_people_who_are_too_sure_are_found_to_be(ledgers: list[Ledger]) -> None:
    answers = [intervals_held.measure(one) for one in ledgers]
    assert _covered(answers, HELD) >= 0.85 * LOGS
    assert all((one.high or 1.0) < 0.8 for one in answers[:1])


def test_the_median_wait_is_the_planted_one(ledgers: list[Ledger]) -> None:
    answers = [days_to_decide.measure(one) for one in ledgers]
    assert _mean(answers) == pytest.approx(MEDIAN_DAYS, abs=1.0)
    assert _covered(answers, MEDIAN_DAYS) >= 0.85 * LOGS


def test_questions_that_wait_make_the_time_longer_than_that_of_the_decided() -> None:
    """Of 40 questions asked on one day half wait still: the median of the decided alone would be 10 days."""
    asked = TODAY.date() - timedelta(days=60)
    decided = [
        make(
            Decision,
            id=RecordId(f"decision:{i}"),
            question=Prose(f"Question {i * 'x'}"),
            asked_on=asked,
            decided_on=asked + timedelta(days=i + 1),
        )
        for i in range(20)
    ]
    waiting = [make(DecisionQuestion, id=RecordId(f"q{i}"), asked_on=asked) for i in range(20)]
    alone = days_to_decide.measure(Ledger.of(decided, today=TODAY))
    answer = days_to_decide.measure(Ledger.of([*decided, *waiting], today=TODAY))
    assert alone.value == 10.0
    assert answer.value == 20.0
