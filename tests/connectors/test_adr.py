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


@pytest.mark.parametrize(
    "status",
    [
        "Accepted, the part on nets is superseded by [ADR-0009](0009-nets.md)",
        "Accepted. Ruling out nets is superseded by [ADR-0009](0009-nets.md) for ponds",
        "Superseded in part by [ADR-0009](0009-nets.md)",
    ],
)
def test_what_is_superseded_in_part_stands(status: str) -> None:
    found = of_status(status)
    assert (found.state, found.superseded_by) == ("decided", ())


def test_the_day_of_a_supersession_makes_the_other_day_that_of_the_decision() -> None:
    text = (
        "# ADR-0004 | Feed by hand\n\n- **Status:** ⚠️ Superseded by [ADR-0009](ADR%209%20-%20nets.md)\n"
        "- **Date:** 2030-07-29\n\n> **Superseded 2030-08-11.** The nets came.\n\n## Context\n\nc\n\n"
        "## Options considered\n\n1. **By hand** — cheap.\n   - Pro: free\n2. **By net.**\n   - Con: dear\n\n"
        "## Decision\n\nBy hand.\n\n## Consequences\n\nx\n"
    )
    found = one(text_file(text, "adr/0004-feed.md"))
    assert (found.key, found.question, found.superseded_by) == ("adr:4", "Feed by hand", ("adr:9",))
    assert (found.decided_on, found.ended_on, found.state) == (
        date(2030, 7, 29), date(2030, 8, 11), "superseded",
    )  # fmt: skip
    assert found.options == ("By hand", "By net.")


@pytest.mark.parametrize(
    ("written", "day"),
    [("07/11/2030", date(2030, 11, 7)), ("04/31/2030", None), ("7 Nov 2030", date(2030, 11, 7))],
)
def test_a_day_with_slashes_has_its_day_first(written: str, day: date | None) -> None:
    text = RECORD.format(status="Accepted").replace("2030-04-01", written)
    assert one(text_file(text, "5.md")).decided_on == day


def test_a_short_record_is_its_title_its_status_and_what_follows() -> None:
    text = (
        "---\nstatus: accepted\ntitle: 'ADR011: Ponds are free'\n---\n\nAnybody may look. None may fish.\n\n"
        "## Consequences\n\nFences go.\n"
    )
    found = one(text_file(text, "adr/0011-ponds.md"))
    assert (found.question, found.key, found.chosen) == ("Ponds are free", "adr:11", "Anybody may look.")


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("Chosen option: **four edits** — adding one (touches) four files", "four edits"),
        ('Chosen option: "`nets`, with a `float`", because\nthey hold', "nets, with a float"),
        ("**Chosen option**: Nets and floats  \nThe rest follows", "Nets and floats"),
        ("Chosen option: Nets, because they hold", "Nets"),
        ("Chosen option: `nets`.", "nets"),
        ("We take nets. They hold.", "We take nets."),
    ],
)
def test_the_choice_is_told_apart_from_its_reason(said: str, chosen: str) -> None:
    text = RECORD.format(status="Accepted").replace("Ponds have names.", said)
    assert one(text_file(text, "5.md")).chosen == chosen


def test_a_record_without_a_status_is_decided_and_nothing_is_wrong_with_it() -> None:
    text = "# Nets\n\n## Context and Problem Statement\n\nc\n\n## Decision Outcome\n\nChosen option: nets\n"
    entries = read_well(parse, text_file(text, "nets.md"))
    assert codes(entries) == []
    assert records(entries, LoggedDecision)[0].state == "decided"


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
