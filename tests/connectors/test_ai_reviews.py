"""Reviews of AI outputs: what was wrong with them, and how long the mending took."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.ai_reviews.parse import parse, recognises
from prodops.ledger.governance import AgentOutput, OutputReview
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id


def test_a_row_is_an_output_and_its_review() -> None:
    entries = read_well(parse, case("ai_reviews", "reviews.csv"))
    output, review = records(entries, AgentOutput)[0], records(entries, OutputReview)[0]
    assert (output.agent, output.model, output.words) == (
        "feedback-summariser", "model-a", "Eleven people ask for pears.",
    )  # fmt: skip
    assert (output.written_at, output.run[:8]) == (datetime(2030, 2, 1, 8, tzinfo=UTC), "4bedea77")
    assert (review.output, review.verdict, review.defects_count, review.rework_minutes) == (
        output.id, "corrected", 2, 18.0,
    )  # fmt: skip
    assert (review.reviewer, review.words) == (person_id("ada@example.com"), "The count is wrong")
    assert review.reviewed_at == datetime(2030, 2, 1, 9, 30, tzinfo=UTC)


def test_an_output_nobody_reviewed_has_no_review() -> None:
    entries = read_well(parse, case("ai_reviews", "reviews.csv"))
    reviewed = {review.output for review in records(entries, OutputReview)}
    assert [one.id for one in records(entries, AgentOutput) if one.id not in reviewed] == [
        "ai_reviews:output:o-3"
    ]


def test_what_is_no_number_and_no_date_is_told() -> None:
    entries = read_well(parse, case("ai_reviews", "reviews.csv"))
    assert codes(entries) == ["bad_number", "duplicate_id", "bad_date", "bad_number", "no_output"]
    reviews = {str(review.output): review for review in records(entries, OutputReview)}
    assert reviews["ai_reviews:output:o-4"].rework_minutes is None
    assert reviews["ai_reviews:output:o-4"].verdict == "rejected"
    assert reviews["ai_reviews:output:o-6"].rework_minutes is None
    assert counts(entries) == (5, 1, 3)


def test_hostile_words_stay_words() -> None:
    entries = read_well(parse, case("ai_reviews", "reviews.csv"))
    assert "<script>alert(1)</script>" in {str(one.words) for one in records(entries, AgentOutput)}


def test_a_table_without_an_agent_is_not_taken() -> None:
    assert recognises(text_file("output,verdict,reviewed at\nx,ok,2030-01-01\n")) < MINE
    assert codes(list(parse(text_file("a,b\n1,2\n")))) == ["no_columns"]


def test_an_open_quote_costs_its_row() -> None:
    text = 'output,agent,verdict,reviewed at\n"a,scribe,ok,2030-01-01\nb,scribe,ok,2030-01-01\n'
    entries = read_well(parse, text_file(text))
    assert codes(entries) == ["bad_row"]
    assert [review.verdict for review in records(entries, OutputReview)] == ["accepted"]


def test_it_survives_everything() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60, deadline=None)
@given(file=damaged(cases("ai_reviews")))
def test_damage_becomes_problems(file: SourceFile) -> None:
    assert 0.0 <= recognises(file) <= 1.0
    read_well(parse, file)
