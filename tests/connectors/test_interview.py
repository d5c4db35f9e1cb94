"""PM interviews: the form that we give, tables, shares that do not add up, and people kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import resources

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
from prodops.connectors.interview.parse import parse, recognises
from prodops.connectors.interview.shares import LEAVES
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id
from prodops.ledger.time import InterviewAnswer

ROBIN, KIM = person_id("robin@example.org"), person_id("kim@example.org")
TEMPLATE = (
    resources.files("prodops.connectors.interview").joinpath("template.yaml").read_text(encoding="utf-8")
)


def answers(entries: list[Entry]) -> list[tuple[str, float | None, float | None, str]]:
    return [
        (one.category, one.stated_share, one.ideal_share, one.says)
        for one in records(entries, InterviewAnswer)
    ]


def test_it_reads_the_form() -> None:
    entries = read_well(parse, case("interview", "robin.yaml"))
    assert answers(entries) == [
        ("A1", 0.1, 0.3, ""),
        ("A2", 0.05, 0.3, ""),
        ("B1", 0.15, 0.2, ""),
        ("C1", 0.4, 0.1, ""),
        ("C6", 0.3, 0.1, ""),
        ("ritual to stop", None, None, "The Tuesday round, because everybody reads it out."),
    ]
    found = records(entries, InterviewAnswer)
    assert {(one.person, one.asked_on) for one in found} == {(ROBIN, date(2030, 3, 4))}
    assert (found[0].cite.locator, found[-1].cite.locator) == ("line 7, time.A1", "line 15")
    assert (counts(entries), codes(entries)) == ((6, 2, 0), [])


def test_a_file_may_hold_several_interviews_and_leaves_by_name() -> None:
    entries = read_well(parse, case("interview", "several.yaml"))
    assert answers(entries) == [
        ("A1", 0.5, None, ""),
        ("C3", 0.5, 0.1, "the same number every week"),
        ("freed hours", None, None, "Talk to pickers"),
    ]
    # One ideal share alone does not add up to a week.
    assert [found.says for found in problems(entries)] == [
        "the ideal shares of this person add up to 10%, not 100%"
    ]


def test_it_reads_a_table_with_a_row_for_each_leaf() -> None:
    entries = read_well(parse, case("interview", "long.csv"))
    assert answers(entries) == [
        ("A1", 0.3, 0.6, ""),
        ("C1", 0.7, 0.4, "Reading, reading"),
        ("A2", 0.5, 0.8, ""),
        ("X", 0.5, 0.2, ""),
        ("freed hours", None, None, "Talk to pickers"),
    ]
    found = records(entries, InterviewAnswer)
    assert [one.asked_on for one in found[:3]] == [date(2030, 3, 6), date(2030, 3, 6), date(2030, 3, 31)]
    assert found[2].person == KIM
    assert codes(entries) == []


def test_it_reads_a_table_with_a_column_for_each_leaf() -> None:
    entries = read_well(parse, case("interview", "wide.csv"))
    assert answers(entries) == [("A1", 0.3, 0.6, ""), ("C1", 0.6, 0.4, ""), ("X", 0.1, None, "")]
    assert (counts(entries), codes(entries)) == ((3, 1, 0), [])


def test_the_template_asks_for_every_leaf_and_names_nobody() -> None:
    entries = read_well(parse, text_file(TEMPLATE, "template.yaml"))
    assert recognises(text_file(TEMPLATE)) >= MINE
    assert counts(entries) == (0, len(LEAVES) + 8, 0)
    assert {entry.unused for entry in entries} == {"left blank"}
    assert "@" not in TEMPLATE


def test_a_copy_of_the_template_that_is_filled_in_is_read() -> None:
    filled = TEMPLATE.replace("person: ", "person: robin@example.org").replace(
        "asked_on: ", "asked_on: 2030-03-04"
    )
    for code in LEAVES:
        filled = filled.replace(
            f"  {code}: {{stated: , ideal: }}", f"  {code}: {{stated: 6.67, ideal: 6.67}}"
        )
    filled = filled.replace("    says:\n", "    says: something\n", 1)
    entries = read_well(parse, text_file(filled))
    assert (counts(entries), codes(entries)) == ((len(LEAVES) + 1, 7, 0), [])


def form(
    time: str = "", answers_given: str = "", person: str = "a@x.example", asked_on: str = "2030-03-04"
) -> list[Entry]:
    text = f"prodops_interview: 1\nperson: {person}\nasked_on: {asked_on}\ntime: {{{time}}}\n"
    text += f"answers: [{answers_given}]\n"
    return read_well(parse, text_file(text))


@pytest.mark.parametrize(
    ("given_form", "counted", "told"),
    [
        ({"time": "A1: 60%, C1: 60%"}, (2, 0, 0), ["shares_off"]),
        ({"time": "A1: 30, C1: 65"}, (2, 0, 0), []),
        ({"time": "A1: 0.3, C1: 0.3"}, (2, 0, 0), ["shares_off"]),
        ({"time": "A1: 110, C1: 100"}, (1, 0, 1), ["bad_share"]),
        ({"time": "A1: -5, C1: 100"}, (1, 0, 1), ["bad_share"]),
        ({"time": "A1: much, C1: 100"}, (1, 0, 1), ["bad_share"]),
        ({"time": "A9: 5, C1: 100"}, (1, 0, 1), ["unknown_category"]),
        ({"time": "A1: [1], C1: 1"}, (1, 0, 1), ["wrong_type"]),
        ({"time": "A1: {stated: {x: 1}}, C1: 1"}, (1, 0, 1), ["wrong_type"]),
        ({"time": "A1: 1", "person": ""}, (0, 0, 1), ["no_person"]),
        ({"time": "A1: 1", "asked_on": "2030-02-31"}, (0, 0, 1), ["bad_date"]),
        ({"time": "A1: 1", "asked_on": ""}, (0, 0, 1), ["bad_date"]),
        ({"answers_given": "3"}, (0, 0, 1), ["wrong_type"]),
        ({"answers_given": "{says: x}"}, (0, 0, 1), ["no_topic"]),
        ({"answers_given": "{topic: t, says: x}, {topic: T, says: y}"}, (1, 0, 1), ["duplicate_id"]),
    ],
)
def test_what_is_wrong_with_a_form_is_told(
    given_form: dict[str, str], counted: tuple[int, int, int], told: list[str]
) -> None:
    entries = form(**given_form)
    assert (counts(entries), codes(entries)) == (counted, told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prodops_interview: 1\ntime: [\n", ["bad_yaml"]),
        ("- prodops_interview: 1\n- 3\n", ["wrong_type"]),
        ("prodops_interview: 1\nperson: a\n", []),
    ],
)
def test_a_form_that_is_none_is_told(text: str, told: list[str]) -> None:
    assert codes(read_well(parse, text_file(text))) == told


def test_percent_and_parts_of_one_are_told_apart_person_by_person() -> None:
    text = (
        "person,date,category,stated,ideal\na,2030-03-04,A1,1,1\nb,2030-03-04,A1,1,1\nb,2030-03-04,C1,99,99\n"
    )
    assert [one[1] for one in answers(read_well(parse, text_file(text)))] == [1, 0.01, 0.99]


def test_rows_that_are_empty_or_damaged_are_counted() -> None:
    text = 'person,date,category,stated,ideal\n,,,,\n"a,2030-03-04\n,2030-03-04,A1,1,1\na,2030-03-04,,,\n'
    entries = read_well(parse, text_file(text))
    assert (counts(entries), codes(entries)) == ((0, 2, 2), ["bad_row", "no_person"])


def test_what_the_user_told_about_columns_comes_first() -> None:
    file = SourceFile(
        name="x.csv",
        content=b"who,when,category,stated,ideal\na,2030-03-04,A1,1,1\n",
        hints={"person": "who", "asked_on": "when"},
    )
    assert recognises(replace(file, hints={})) < MINE <= recognises(file)
    assert counts(read_well(parse, file)) == (1, 0, 0)


def test_topics_and_people_do_not_stand_in_ids() -> None:
    entries = form(answers_given="{topic: What Robin Example said, says: x}")
    assert "robin" not in records(entries, InterviewAnswer)[0].id.casefold()


def test_it_recognises_interviews_by_their_content() -> None:
    for file in cases("interview"):
        assert recognises(replace(file, name="x.ics")) >= MINE
    assert recognises(text_file("person: a\nasked_on: 2030-01-01\ntime:\n  A1: 3\n")) >= MINE
    assert recognises(text_file("person,date,category,hours\n")) == 0
    assert recognises(text_file("A1,A2,A3\n")) == 0


def test_no_bad_file_stops_it() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=80)
@given(damaged(cases("interview")))
def test_no_damage_stops_it(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)


def test_named_blocks_and_hours_outside_the_calendar_make_the_stated_shares() -> None:
    entries = read_well(parse, case("interview", "blocks.yaml"))
    # 8 h, 4 h, 2 h without a leaf, 20 h and 6 h outside: 40 h; what did not take place is no time.
    assert answers(entries) == [
        ("C1", 0.2, 0.1, ""),
        ("A2", 0.1, 0.6, ""),
        ("B1", 0.5, 0.3, ""),
        ("C3", 0.15, None, ""),
        ("X", 0.05, None, ""),
        ("what blocks you", None, None, "Nobody says yes."),
    ]
    assert codes(entries) == []


def test_a_share_that_was_written_counts_before_the_blocks() -> None:
    text = (
        "prodops_interview: 1\nperson: a@x.example\nasked_on: 2030-03-04\n"
        "blocks:\n  - {hours: 3, leaf: C1}\n  - {hours: 1, leaf: A1}\n"
        "time:\n  C1: {stated: 60%}\n  A1: {stated: 40%}\n"
    )
    assert [one[:2] for one in answers(list(parse(text_file(text))))] == [("C1", 0.6), ("A1", 0.4)]


@pytest.mark.parametrize(
    "block",
    ["{hours: 3, leaf: C9}", "{hours: -3, leaf: C1}", "{hours: many, leaf: C1}", "{leaf: C1}", "3", "[3]"],
)
def test_a_block_that_cannot_be_read_is_told_and_the_others_count(block: str) -> None:
    text = (
        "prodops_interview: 1\nperson: a@x.example\nasked_on: 2030-03-04\n"
        f"blocks:\n  - {block}\n  - {{hours: 1, leaf: A1}}\n"
    )
    entries = list(parse(text_file(text)))
    assert codes(entries) == ["bad_block"]
    assert [one[:2] for one in answers(entries)] == [("A1", 1.0)]


def test_hours_outside_the_calendar_of_no_leaf_are_told() -> None:
    text = (
        "prodops_interview: 1\nperson: a@x.example\nasked_on: 2030-03-04\nweeks: none\n"
        "other_hours: {B9: 3, C1: 2}\n"
    )
    entries = list(parse(text_file(text)))
    assert codes(entries) == ["bad_block"]
    assert [one[:2] for one in answers(entries)] == [("C1", 1.0)]


def test_blocks_that_nobody_filled_in_say_nothing() -> None:
    text = (
        "prodops_interview: 1\nperson: a@x.example\nasked_on: 2030-03-04\n"
        "blocks:\n  - {title: Hold, hours: 3, leaf: }\ntime:\n  C1: {stated: , ideal: }\n"
    )
    assert answers(list(parse(text_file(text)))) == []


def test_notes_are_read_topic_by_topic_without_what_the_template_asks() -> None:
    entries = read_well(parse, case("interview", "notes.md"))
    assert answers(entries) == [
        ("What blocks you", None, None, "Nobody says yes. Asked twice in February."),
        ("A last decision", None, None, "Ship the small anchor."),
    ]
    assert (counts(entries), codes(entries)) == ((2, 1, 0), [])
    assert {one.cite.locator for one in records(entries, InterviewAnswer)} == {"line 9", "line 15"}


def test_notes_without_a_topic_are_not_used() -> None:
    entries = list(parse(text_file("prodops_interview_notes: 1\nperson: a@x.example\n")))
    assert [entry.unused for entry in entries] == ["notes without a topic"]
