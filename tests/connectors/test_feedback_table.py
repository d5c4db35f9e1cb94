"""A table of messages is read whatever its columns are called, and what it does not say is not made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prodops.connectors.feedback_table.columns import header_key, map_columns, words_of
from prodops.connectors.feedback_table.layout import header_of
from prodops.connectors.feedback_table.names import FIELDS, NAMES
from prodops.connectors.feedback_table.parse import parse, recognises
from prodops.ledger.feedback import Feedback, FeedbackEvent
from prodops.ledger.reading import Problem, SourceFile
from prodops.ledger.record import person_id

CASES = Path(__file__).parent / "cases" / "feedback_table"


def case(name: str, hints: Mapping[str, str] | None = None) -> SourceFile:
    return SourceFile(name=f"exports/{name}", content=(CASES / name).read_bytes(), hints=hints or {})


def table(text: str, name: str = "messages.csv", hints: Mapping[str, str] | None = None) -> SourceFile:
    return SourceFile(name=name, content=text.encode(), hints=hints or {})


def messages(file: SourceFile) -> list[Feedback]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, Feedback)]


def events(file: SourceFile) -> list[FeedbackEvent]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, FeedbackEvent)]


def problems(file: SourceFile) -> list[Problem]:
    return [problem for entry in parse(file) for problem in entry.problems]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for problem in problems(file)]


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc,arg-type]  # year to minute, as the caller gives them


# What it reads


def test_it_reads_a_help_desk_export_with_its_whole_loop() -> None:
    first, second, third, last = messages(case("support.csv"))
    assert first.id.startswith("table:feedback:")
    assert first.id.endswith(":T-1")
    assert first.title == "Export fails"
    assert first.author == person_id("ann@orchard.example")
    assert (first.channel, first.segment, first.product, first.topic) == ("email", "Team", "Reports", "bug")
    assert first.company == "Orchard Ltd"
    assert first.created_at == at(2026, 1, 5, 8)
    assert first.first_answer_at == at(2026, 1, 5, 10, 30)
    assert (first.closed_at, first.closed_how) == (at(2026, 1, 6, 8), "solved")
    assert first.observed_until == at(2026, 2, 1)
    assert first.tags == ("export", "reports")
    assert second.first_answer_at is None
    assert second.closed_how == "auto_closed"
    assert third.duplicate_of == first.id
    assert third.closed_how == "merged"
    assert (last.closed_at, last.closed_how) == (None, "")
    assert first.answers_recorded
    assert first.ends_recorded


def test_markup_goes_and_a_formula_stays_text() -> None:
    first, *_, last = messages(case("support.csv"))
    assert first.text == 'The export stops at 90 %.\n\n=HYPERLINK("http://evil.example")'
    assert last.title == "=1+1"


def test_a_citation_names_the_line_even_after_a_quoted_line_break() -> None:
    assert [message.cite.locator for message in messages(case("support.csv"))] == [
        "line 2",
        "line 3",
        "line 5",
        "line 6",
    ]


def test_no_name_and_no_address_stands_outside_of_the_words() -> None:
    for message in messages(case("support.csv")):
        assert "@" not in f"{message.id}{message.author}{message.company}{message.channel}"


def test_it_reads_a_form_whose_questions_are_its_header() -> None:
    first, *_ = messages(case("form.csv"))
    assert first.text.startswith("The search never finds")
    assert first.created_at == at(2026, 1, 31, 14, 2).replace(second=11)
    assert not first.answers_recorded
    assert not first.ends_recorded


def test_it_reads_survival_columns_without_any_words() -> None:
    answered, silent = messages(case("first_replies.csv"))
    assert answered.first_answer_at == at(2026, 1, 1, 1)
    assert silent.first_answer_at is None
    assert silent.observed_until == at(2026, 1, 2)


def test_it_reads_a_workbook_past_its_title_and_leaves_other_sheets() -> None:
    entries = list(parse(case("requests.xlsx")))
    assert [entry.unused for entry in entries if entry.unused] == [
        "a line above the header",
        "sheet without dated messages",
    ]
    first, second = messages(case("requests.xlsx"))
    assert first.cite.locator == "sheet Requests, row 4"
    assert first.created_at == at(2026, 1, 5, 12)
    assert second.text == "=SUM(A1:A9)"


def test_a_status_history_becomes_events_and_the_first_decision() -> None:
    planned, declined, _, active = messages(case("ideas.tsv"))
    assert (planned.decided_at, planned.decision) == (at(2026, 3, 20), "yes")
    assert (declined.decided_at, declined.decision) == (at(2026, 3, 15), "no")
    assert (active.decided_at, active.decision) == (at(2026, 3, 9), "yes")
    assert [event.kind for event in events(case("ideas.tsv"))] == [
        "other",
        "decided",
        "other",
        "other",
        "decided",
    ]


def test_a_step_without_a_date_is_told_and_loses_nothing() -> None:
    step = next(problem for problem in problems(case("ideas.tsv")) if problem.code == "bad_step")
    assert not step.lost
    assert step.cite.locator == "line 5"


def test_a_log_gives_an_event_a_row_and_a_message_an_incident() -> None:
    entries = list(parse(case("incidents.csv")))
    assert len(entries) == 7
    assert [event.kind for event in events(case("incidents.csv"))] == [
        "other",
        "answered",
        "closed",
        "reopened",
        "closed",
        "other",
        "other",
    ]
    first, second = messages(case("incidents.csv"))
    assert first.cite.locator == "line 6"
    assert first.first_answer_at == at(2016, 2, 29, 9)
    assert (first.closed_at, first.closed_how) == (at(2016, 3, 2, 10), "solved")
    assert (second.closed_at, second.status) == (None, "New")
    assert {event.feedback for event in events(case("incidents.csv"))} == {first.id, second.id}


def test_day_first_is_settled_by_the_table_as_a_whole() -> None:
    _, second = messages(case("incidents.csv"))
    assert second.created_at == at(2016, 4, 3, 8)


def test_a_duration_leads_to_the_moment_of_the_first_answer_and_the_solution() -> None:
    clock, silent, number = messages(case("durations.csv"))
    assert clock.first_answer_at == at(2026, 1, 5, 9, 30)
    assert clock.closed_at == at(2026, 1, 5, 18)
    assert (silent.first_answer_at, silent.answers_recorded) == (None, True)
    assert number.first_answer_at == at(2026, 1, 5, 12, 30)
    assert codes(case("durations.csv")) == ["bad_duration"]


@pytest.mark.parametrize(
    "name", ["Median first reply time (min)", "First reply time", "SLA target first reply time min"]
)
def test_a_duration_without_a_unit_or_that_did_not_elapse_is_no_answer(name: str) -> None:
    text = f"created,message,{name}\n2026-01-05,hello there all,30\n"
    assert not messages(table(text))[0].answers_recorded


# What it does not make up


def test_messages_without_a_date_are_unused_and_say_what_is_missing() -> None:
    first, second = list(parse(case("labelled.csv")))
    assert first.unused
    assert second.unused
    assert [problem.code for problem in first.problems] == ["no_date"]
    assert "created=" in first.problems[0].remedy
    assert recognises(case("labelled.csv")) >= 0.5


def test_times_without_a_zone_are_read_as_utc_and_told_once() -> None:
    assert codes(case("form.csv")) == ["naive_times"]
    berlin = case("form.csv", {"time_zone": "Europe/Berlin"})
    assert messages(berlin)[0].created_at == at(2026, 1, 31, 13, 2).replace(second=11)
    assert codes(berlin) == []
    assert codes(case("form.csv", {"time_zone": "Middle-earth/Shire"})) == ["unknown_zone"]


def test_dates_that_can_be_read_both_ways_are_told_and_the_user_settles_them() -> None:
    text = "created,message\n03/04/2026,one two three\n05/06/2026,four five six\n"
    assert codes(table(text)) == ["ambiguous_dates"]
    assert messages(table(text))[0].created_at == at(2026, 3, 4)
    told = table(text, hints={"date_order": "day_first"})
    assert messages(told)[0].created_at == at(2026, 4, 3)
    assert codes(told) == []


def test_a_column_that_mixes_both_orders_is_told() -> None:
    text = "created,message\n31/12/2025,a b c\n12/30/2025,d e f\n30/11/2025,g h i\n01/02/2026,j k l\n"
    assert codes(table(text)) == ["mixed_dates"]
    assert [message.created_at for message in messages(table(text))][-1] == at(2026, 2, 1)


def test_dates_with_points_are_day_first() -> None:
    text = "Datum,Nachricht\n03.04.2026,eins zwei drei\n"
    assert messages(table(text))[0].created_at == at(2026, 4, 3)
    assert codes(table(text)) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [("2019-09-38", "bad_date"), ("tomorrow", "bad_date"), ("", "no_date"), ("?", "no_date")],
)
def test_a_row_without_a_possible_date_is_a_problem_with_its_line(cell: str, code: str) -> None:
    text = f"created,message\n2026-01-05,fine and well\n2026-01-06,also fine\n{cell},and this\n"
    *_, last = parse(table(text))
    assert [(problem.code, problem.cite.locator, problem.lost) for problem in last.problems] == [
        (code, "line 4", True)
    ]


def test_an_answer_before_the_question_is_a_problem_not_a_negative_time() -> None:
    text = "created,message,first_answer\n2026-01-05 10:00Z,hello there all,2026-01-05 09:00Z\n"
    assert codes(table(text)) == ["before_created"]
    assert messages(table(text)) == []


def test_a_day_without_a_time_is_not_before_the_same_day() -> None:
    text = "created,message,first_answer\n2026-01-05 10:00Z,hello there all,2026-01-05\n"
    assert messages(table(text))[0].first_answer_at == at(2026, 1, 5, 10)


def test_the_export_moment_is_unknown_unless_a_column_says_so() -> None:
    text = "created,message,closed\n2026-01-05,hello there all,\n"
    message = messages(table(text))[0]
    assert message.observed_until is None
    assert message.ends_recorded
    assert not message.answers_recorded


def test_a_second_row_of_an_id_is_lost_to_a_problem() -> None:
    text = "id,created,message\n7,2026-01-05,first words here\n7,2026-01-06,second words here\n"
    assert [message.text for message in messages(table(text))] == ["first words here"]
    assert codes(table(text)) == ["duplicate_id"]


def test_rows_alike_without_an_id_are_both_kept_and_told() -> None:
    text = "created,message\n2026-01-05,please add dark mode\n2026-01-05,please add dark mode\n"
    first, second = messages(table(text))
    assert second.id == f"{first.id}-2"
    assert codes(table(text)) == ["repeated_row"]


def test_cells_beyond_the_header_are_told() -> None:
    text = "created,message\n2026-01-05,hello there, all of you\n"
    assert codes(table(text)) == ["extra_cells"]


def test_a_quote_that_is_never_closed_swallows_no_row() -> None:
    text = 'created,message\n2026-01-05,"hello there\n2026-01-06,good bye then\n'
    assert len(list(parse(table(text)))) == 2
    assert "bad_quote" in codes(table(text))


def test_an_empty_row_is_counted() -> None:
    text = "id,created,message\n1,2026-01-05,hello there all\n,,\n2,2026-01-06,good bye then\n"
    assert [entry.unused for entry in parse(table(text))] == ["", "empty row", ""]


def test_a_row_without_words_in_a_table_that_only_has_dates_is_unused() -> None:
    text = "id,created,tag\n1,2026-01-05,x\n"
    assert recognises(table(text)) < 0.5
    assert [entry.unused for entry in parse(table(text))] == [
        "a row without words and without what became of it"
    ]


# The user's map


def test_a_map_overrules_what_the_header_seems_to_say() -> None:
    text = "when,what,other\n2026-01-05,small,a long and wordy column of prose it is\n"
    mapped = table(text, hints={"created": "When", "text": "WHAT"})
    assert recognises(mapped) >= 0.5
    assert messages(mapped)[0].text == "small"


def test_a_map_that_names_a_missing_column_is_told() -> None:
    text = "created,message\n2026-01-05,hello there all\n"
    assert codes(table(text, hints={"topic": "Theme"})) == ["unknown_column"]


def test_a_header_has_a_key_that_case_and_punctuation_do_not_change() -> None:
    assert header_key(["First Answer", "id"]) == header_key(["first_answer", "ID"])
    assert header_key(["id", "first_answer"]) != header_key(["first_answer", "id"])
    assert words_of("firstAnswer_at") == "first answer at"


def test_the_header_of_a_file_is_that_of_its_first_table() -> None:
    assert header_of(case("requests.xlsx")) == ("Ref", "Date received", "Request", "Account")
    assert header_of(case("labelled.csv")) == ("id", "text", "label")
    assert header_of(SourceFile(name="x", content=b"")) == ()
    assert header_of(SourceFile(name="x.xlsx", content=b"PK\x03\x04")) == ()


def test_tables_with_another_header_have_other_ids() -> None:
    one = messages(table("id,created,message\n1,2026-01-05,hello there all\n"))[0]
    two = messages(table("id,created,comment\n1,2026-01-05,hello there all\n"))[0]
    assert one.id != two.id


def test_ids_do_not_depend_on_the_name_of_the_file() -> None:
    text = "id,created,message\n1,2026-01-05,hello there all\n"
    assert messages(table(text, "a/b.csv"))[0].id == messages(table(text, "c.csv"))[0].id


def test_a_very_long_id_is_shortened_and_stays_unique() -> None:
    rows = "".join(f"{'x' * 500}{end},2026-01-05,hello there all\n" for end in "12")
    one, two = messages(table("id,created,message\n" + rows))
    assert len(one.id) < 150
    assert one.id != two.id


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        ("exports/support-2021-03.csv", "support"),
        ("sumo-firefox-2021/2021-01.csv", "sumo firefox"),
        ("tickets_2024_05_01.csv", "tickets"),
        ("2021.csv", "table"),
    ],
)
def test_a_message_without_a_channel_has_that_of_its_file(name: str, channel: str) -> None:
    assert messages(table("created,message\n2026-01-05,hello there all\n", name))[0].channel == channel


def test_each_field_has_names_and_no_name_means_two_fields_first() -> None:
    assert set(FIELDS) >= {"id", "created", "first_answer", "observed_until", "text"}
    firsts = [names[0] for names in NAMES.values()]
    assert len(set(firsts)) == len(firsts)


def test_a_single_column_of_dates_beside_messages_is_their_date() -> None:
    columns = map_columns(["wann", "message"], [["2026-01-05", "hello there"], ["2026-01-06", "again"]])
    assert columns.places["created"] == 0
    renewals = map_columns(["renewal date", "message"], [["2026-01-05", "hello there"]])
    assert not renewals.dated
