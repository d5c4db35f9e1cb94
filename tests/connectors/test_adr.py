"""Decision records in Markdown: the forms people write them in, their state, their days and their links."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    problems,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.adr.parse import parse, recognises
from prodops.ledger.decisions import LoggedDecision
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id

RECORD = """# 5. Name the ponds

Date: 2030-04-01

## Status

{status}

## Context

They have numbers.

## Decision

Ponds have names.

## Consequences

Signs.
"""


def one(file: SourceFile) -> LoggedDecision:
    (found,) = records(read_well(parse, file), LoggedDecision)
    return found


def of_status(status: str, name: str = "docs/adr/0005-ponds.md") -> LoggedDecision:
    return one(text_file(RECORD.format(status=status), name))


def test_a_record_of_nygard_has_its_number_day_and_choice() -> None:
    found = one(case("adr", "nygard/0001-keep-records.md"))
    assert (found.log, found.key, found.question) == ("nygard", "nygard:1", "Keep records of decisions")
    assert (found.state, found.status, found.decided_on) == ("decided", "Accepted", date(2030, 2, 11))
    assert found.chosen == "We will keep a record of every decision of weight."
    assert found.rationale.endswith("Records are never edited.")
    assert found.id == "adr:decision:nygard/0001-keep-records"
    assert recognises(case("adr", "nygard/0001-keep-records.md")) > 0.96


def test_supersession_is_told_from_both_ends_however_it_is_spelt() -> None:
    old = one(case("adr", "nygard/0002-poll-the-buoys.md"))
    new = one(case("adr", "nygard/0004-let-buoys-push.md"))
    assert (old.state, old.decided_on, old.superseded_by) == (
        "superseded", date(2030, 3, 4), ("nygard:4",),
    )  # fmt: skip
    assert (new.state, new.supersedes, new.superseded_by) == ("decided", ("nygard:2",), ())
    assert new.question == "Let buoys push"


def test_a_record_of_madr_has_its_options_deciders_and_review() -> None:
    found = one(case("adr", "madr/0007-map-tiles.md"))
    assert found.options == ("Hosted tiles", "Own tiles", "Do nothing")
    assert found.chosen == "Own tiles"
    assert (found.owner, found.deciders_count) == (person_id("Ada Quill"), 3)
    assert (found.decided_on, found.review_on) == (date(2030, 6, 1), date(2030, 12, 1))
    assert found.key == "madr:7"


def test_the_front_matter_of_madr_is_read_and_its_day_of_change_is_no_day_of_decision() -> None:
    old, new = one(case("adr", "madr/0008-sign-in.md")), one(case("adr", "madr/0009-passkeys.md"))
    assert (old.state, old.decided_on, old.superseded_by) == ("superseded", None, ("madr:9",))
    assert (old.chosen, old.deciders_count) == ("Passwords", 2)
    assert (new.decided_on, new.supersedes, new.question) == (
        date(2031, 1, 15), ("madr:8",), "Sign in by passkey",
    )  # fmt: skip
    assert new.options == ("Passkeys", "Magic links")


def test_a_proposal_waits_and_an_impossible_day_is_told() -> None:
    entries = read_well(parse, case("adr", "madr/proposal.md"))
    (found,) = records(entries, LoggedDecision)
    assert (found.state, found.key, found.asked_on, found.decided_on) == ("proposed", "madr:12", None, None)
    assert found.owner == person_id("Ada Quill")
    assert codes(entries) == ["bad_date"]
    assert "2031-02-30" in problems(entries)[0].says


def test_the_form_that_records_are_written_on_is_no_record() -> None:
    entries = read_well(parse, case("adr", "madr/template.md"))
    assert counts(entries) == (0, 1, 0)
    assert entries[0].unused == "template of a decision record"


def test_a_day_beside_a_word_of_the_status_is_that_words() -> None:
    found = one(case("adr", "madr/dated-words.md"))
    assert (found.state, found.asked_on, found.decided_on) == (
        "decided", date(2031, 3, 1), date(2031, 3, 20),
    )  # fmt: skip
    assert found.key == "madr:dated-words"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Accepted", "decided"), ("**Approved** by the board", "decided"), ("Implemented", "decided"),
        ("Proposed", "proposed"), ("Draft", "proposed"), ("Rejected", "rejected"),
        ("Deprecated", "retired"), ("Withdrawn", "withdrawn"), ("~~Accepted~~ Superseded", "superseded"),
        ("Accepted\n\nSuperceded by ADR-0009", "superseded"), ("Accepted\n\nAmends ADR-3", "decided"),
    ],
)  # fmt: skip
def test_every_word_for_a_status_is_known(status: str, state: str) -> None:
    assert of_status(status).state == state


def test_a_status_that_nobody_knows_is_told_and_taken_for_decided() -> None:
    entries = read_well(parse, text_file(RECORD.format(status="Blessed"), "a/5.md"))
    assert codes(entries) == ["no_status"]
    assert records(entries, LoggedDecision)[0].state == "decided"


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("Superseded by [ADR-0012](0012-x.md)", ("docs/adr:12",)),
        ("Superseded by [names](../old/names.md#why)", ("docs/old:names",)),
        ("Superseded by ADR-7", ("docs/adr:7",)),
        ("Superseded by 8", ("docs/adr:8",)),
        ("Superseded by [9. Names]", ("docs/adr:9",)),
        ("Superseded by [a page](https://example.com/adr/3)", ()),
    ],
)
def test_a_link_is_followed_by_its_file_else_by_its_number(said: str, keys: tuple[str, ...]) -> None:
    assert of_status(said).superseded_by == keys


@pytest.mark.parametrize(
    ("title", "number"),
    [("3 tier architecture", "5"), ("ADR-003: Tiers", "3"), ("3. Tiers", "3"), ("Decision 3 - Tiers", "3")],
)
def test_a_title_that_begins_with_a_number_has_not_therefore_one(title: str, number: str) -> None:
    text = RECORD.format(status="Accepted").replace("5. Name the ponds", title)
    assert one(text_file(text, "docs/0005-ponds.md")).key == f"docs:{number}"


def test_a_review_that_cannot_be_is_told() -> None:
    text = RECORD.format(status="Accepted").replace("Date: 2030", "Review: soon\nDate: 2030")
    assert codes(read_well(parse, text_file(text, "5.md"))) == ["bad_date"]


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\n## Decisions\n\n- we ship\n\n## Actions\n\n- Ann writes\n",
        "# Records\n\n* [1. Keep records](0001.md)\n",
        "---\nstatus: accepted\n---\nno heading\n",
        "## Status\n\naccepted\n\n## Decision\n\nx\n",
        "---\n: [\n---\n# T\n\n## Decision\n\nx\n",
    ],
)
def test_minutes_lists_and_fragments_are_not_taken(text: str) -> None:
    assert recognises(text_file(text)) < MINE
    assert codes(list(parse(text_file(text)))) == ["no_record"]


def test_front_matter_that_is_no_yaml_says_nothing() -> None:
    text = "---\nstatus: [\n---\n" + RECORD.format(status="Accepted")
    assert one(text_file(text, "5.md")).state == "decided"


def test_words_of_a_record_stay_data() -> None:
    hostile = RECORD.format(status="Accepted").replace("Ponds have names.", "<script>alert(1)</script> =1+1")
    assert "<script>" in one(text_file(hostile, "5.md")).rationale


def test_it_survives_everything() -> None:
    survives_everything(parse, recognises)


@given(damaged(cases("adr")))
@settings(max_examples=80, deadline=None)
def test_damage_becomes_problems(file: SourceFile) -> None:
    read_well(parse, file)
