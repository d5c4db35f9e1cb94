"""Jira: search results with their changelog, and the CSV export with its repeated columns."""

from __future__ import annotations

import csv
import io
import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

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
from prodops.connectors.jira.parse import parse, recognises
from prodops.connectors.jira.statuses import status_group
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id

SEARCH = json.loads(case("jira", "search.json").content)


def search_of(**fields: Any) -> dict[str, Any]:
    """A search result with the first issue alone, some of its fields changed; None takes a field away."""
    issue = deepcopy(SEARCH["issues"][0])
    issue["fields"].update(fields)
    return {"issues": [issue]}


def read(result: object) -> list[Entry]:
    return read_well(parse, text_file(json.dumps(result), "search.json"))


def test_it_reads_an_issue_of_a_search_result() -> None:
    entries = read_well(parse, case("jira", "search.json"))
    issue = records(entries, Issue)[0]
    assert (issue.id, issue.tracker, issue.key) == ("jira:issue:PEAR-1", "jira", "PEAR-1")
    assert (issue.title, issue.kind, issue.project, issue.priority) == (
        "Pickers cannot see <b>ripe</b> pears", "Bug", "PEAR", "High",
    )  # fmt: skip
    assert (issue.status, issue.status_group) == ("Done", "done")
    assert issue.created_at == datetime(2030, 3, 4, 9, 11, 12, tzinfo=UTC)
    assert (issue.labels, issue.links) == (("ripeness", "mobile"), ("PEAR-9", "PEAR-2", "PLUM-7", "PEAR-3"))
    assert (counts(entries), codes(entries)) == ((3, 0, 0), [])


def test_people_are_pseudonyms_of_their_address_or_else_their_name() -> None:
    first, second, third = records(read_well(parse, case("jira", "search.json")), Issue)
    assert (first.reporter, first.assignee) == (person_id("robin@example.org"), person_id("Kim Example"))
    assert (second.reporter, third.assignee) == (person_id("robin"), None)


def test_an_issue_without_a_resolution_date_was_resolved_when_it_came_into_its_last_status() -> None:
    first, second, third = records(read_well(parse, case("jira", "search.json")), Issue)
    assert first.resolved_at == datetime(2030, 3, 7, 11, tzinfo=UTC)
    assert (second.status_group, second.resolved_at) == ("cancelled", datetime(2030, 4, 1, 8, tzinfo=UTC))
    assert (third.status_group, third.resolved_at) == ("active", None)


def test_each_change_of_each_field_is_a_record_and_long_texts_are_left_out() -> None:
    entries = read_well(parse, case("jira", "search.json"))
    changes = records(entries, IssueChange)
    assert [(one.id, one.field, one.before, one.after) for one in changes] == [
        ("jira:change:PEAR-1:901:0", "status", "To Do", "In Progress"),
        ("jira:change:PEAR-1:901:1", "assignee", "", "Kim Example"),
        ("jira:change:PEAR-1:902:0", "description", "", ""),
        ("jira:change:PEAR-1:903:0", "status", "In Progress", "Done"),
    ]
    assert {one.author for one in changes} == {person_id("Kim Example")}
    assert "left out" not in repr(entries)


def test_pages_and_json_lines_and_lone_issues_are_read_alike() -> None:
    first, second, third = SEARCH["issues"]
    shapes = {
        "pages": json.dumps([{"issues": [first, second]}, {"issues": [third]}]),
        "lines": "\n".join(map(json.dumps, (first, second, third))),
        "page lines": "\n".join(json.dumps({"issues": [one]}) for one in (first, second, third)),
        "list": json.dumps([first, second, third], indent=2),
        "lone": json.dumps(first),
    }
    wanted = [one.id for one in records(read(SEARCH), Issue)]
    for about, text in shapes.items():
        file = text_file(text)
        assert recognises(file) >= MINE, about
        assert [one.id for one in records(read_well(parse, file), Issue)] == wanted[
            : 1 if about == "lone" else 3
        ], about


@pytest.mark.parametrize(
    "marks",
    [{"total": 4, "startAt": 0}, {"isLast": False}, {"nextPageToken": "abc"}, {"total": 13, "startAt": 5}],
)
def test_a_page_that_is_not_the_last_says_so(marks: dict[str, object]) -> None:
    assert codes(read({"issues": SEARCH["issues"], **marks})) == ["more_pages"]


@pytest.mark.parametrize(
    "marks", [{"total": 3}, {"isLast": True}, {"total": 8, "startAt": 5}, {"total": "many"}]
)
def test_the_last_page_is_silent(marks: dict[str, object]) -> None:
    assert codes(read({"issues": SEARCH["issues"], **marks})) == []


def test_a_changelog_that_was_cut_is_told() -> None:
    result = search_of()
    result["issues"][0]["changelog"]["total"] = 120
    result["issues"][0]["changelog"]["histories"][0]["created"] = "2030-02-31"
    entries = read(result)
    assert codes(entries) == ["bad_date", "changelog_cut"]
    assert len(records(entries, IssueChange)) == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"created": "2019-09-38"}, ["bad_date"]),
        ({"created": None}, ["bad_date"]),
        ({"created": "2030-03-04T10:11:12"}, ["naive_time"]),
        ({"resolutiondate": "soon"}, ["bad_date"]),
        ({"status": {"name": "Zen"}, "resolutiondate": None}, ["unknown_status"]),
        ({"labels": "a", "issuelinks": {}, "subtasks": [1], "parent": "x", "reporter": 7}, []),
        ({"labels": [1, None, "a"], "status": None, "issuetype": []}, ["unknown_status"]),
    ],
)
def test_fields_of_the_wrong_kind_cost_no_more_than_themselves(
    fields: dict[str, object], told: list[str]
) -> None:
    assert codes(read(search_of(**fields))) == told


def test_an_issue_twice_in_a_file_is_kept_once() -> None:
    entries = read({"issues": [SEARCH["issues"][0], SEARCH["issues"][0]]})
    assert (counts(entries), codes(entries)) == ((1, 0, 1), ["duplicate_id"])


def test_a_truncated_file_gives_the_issues_before_the_cut() -> None:
    content = case("jira", "search.json").content
    entries = read_well(parse, SourceFile(name="x", content=content[: content.index(b"Count the")]))
    assert ([one.key for one in records(entries, Issue)], codes(entries)) == (
        ["PEAR-1", "PEAR-2"],
        ["bad_json"],
    )


def test_what_is_no_issue_is_lost_with_a_reason() -> None:
    assert codes(read({"issues": [3, {"key": 1, "fields": {}}, SEARCH["issues"][1]]})) == [
        "wrong_type",
        "wrong_type",
    ]


def test_it_reads_a_row_of_the_csv_export() -> None:
    entries = read_well(parse, case("jira", "export.csv"))
    first, second = records(entries, Issue)
    assert (first.key, first.title, first.kind) == ("PEAR-1", "Pickers cannot see ripe pears, at all", "Bug")
    assert (first.created_at, first.resolved_at) == (
        datetime(2030, 3, 4, 10, 11, tzinfo=UTC),
        datetime(2030, 3, 7, 12, tzinfo=UTC),
    )
    assert (first.labels, first.links) == (("ripeness", "mobile"), ("PEAR-2", "PLUM-7", "PEAR-9"))
    assert (first.assignee, first.cite.locator) == (person_id("Kim Example"), "line 2")
    assert (second.title, second.status_group, second.cite.locator) == ('=HYPERLINK("x")', "active", "line 4")
    assert second.created_at == datetime(2030, 3, 5, 8, tzinfo=UTC)
    assert [(found.code, found.lost) for found in problems(entries)] == [("naive_time", False)]


HEADER = (
    "Summary",
    "Issue key",
    "Status",
    "Created",
    "Resolved",
    "Status Category",
    "Status Category Changed",
    "Resolution",
)


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, delimiter: str = ",") -> list[Entry]:
    """What is read from a CSV export with these rows."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    file = text_file(out.getvalue())
    assert recognises(file) >= MINE
    return read_well(parse, file)


def test_the_order_of_day_and_month_is_learnt_from_the_whole_table() -> None:
    first = ("a", "P-1", "Open", "06/03/2030 10:00", "")
    day_first = table(first, ("b", "P-2", "Open", "31/03/2030 10:00", ""))
    assert records(day_first, Issue)[0].created_at == datetime(2030, 3, 6, 10, tzinfo=UTC)
    month_first = table(first, ("b", "P-2", "Open", "03/31/2030 10:00", ""))
    assert records(month_first, Issue)[0].created_at == datetime(2030, 6, 3, 10, tzinfo=UTC)
    assert codes(table(first, ("b", "P-2", "Open", "07/03/2030 10:00", ""))) == [
        "ambiguous_date",
        "naive_time",
    ]


def test_a_project_without_resolutions_is_resolved_by_its_category() -> None:
    entries = table(("a", "P-1", "Erledigt", "2030-03-06 10:00", "", "Done", "2030-03-08 10:00"))
    (issue,) = records(entries, Issue)
    assert (issue.status_group, issue.resolved_at) == ("done", datetime(2030, 3, 8, 10, tzinfo=UTC))


def test_semicolons_separate_as_well() -> None:
    assert len(records(table(("a", "P-1", "Open", "2030-03-06T10:00Z"), delimiter=";"), Issue)) == 1


@pytest.mark.parametrize(
    ("row", "counted", "told"),
    [
        (("a", "P-1", "Open", "2019-09-38"), (0, 0, 1), ["bad_date"]),
        (("a", "P-1", "Open"), (0, 0, 1), ["bad_date"]),
        (("a", "nothing", "Open", "2030-03-06T10:00Z"), (0, 0, 1), ["bad_key"]),
        (("a", "P-1", "Open", "2030-03-06T10:00Z", "never"), (1, 0, 0), ["bad_date"]),
        (("a", "P-1", "Zen", "2030-03-06T10:00Z"), (1, 0, 0), ["unknown_status"]),
        (("a", "P-1", "Open", "2030-03-06T10:00Z", "", "", "", "", "x", "y"), (1, 0, 0), ["wide_row"]),
        (("", "", "", ""), (0, 1, 0), []),
    ],
)
def test_what_is_wrong_with_a_row_is_told(
    row: tuple[str, ...], counted: tuple[int, int, int], told: list[str]
) -> None:
    entries = table(row)
    assert (counts(entries), codes(entries)) == (counted, told)


def test_a_row_twice_and_a_quote_that_never_closes_become_problems() -> None:
    good = "a,P-1,Open,2030-03-06T10:00Z\n"
    entries = read_well(parse, text_file(f'Summary,Issue key,Status,Created\n{good}{good}"b,P-2,Open,2030\n'))
    assert codes(entries) == ["duplicate_id", "bad_row"]


@pytest.mark.parametrize(
    ("status", "category", "resolution", "resolved", "group"),
    [
        ("Anything", "new", "", False, "open"),
        ("Anything", "To Do", "", False, "open"),
        ("Anything", "indeterminate", "", False, "active"),
        ("Anything", "In Progress", "", False, "active"),
        ("Anything", "done", "Done", True, "done"),
        ("Anything", "done", "Won't Do", True, "cancelled"),
        ("Anything", "done", "Duplicate", True, "cancelled"),
        ("Cancelled", "done", "", True, "cancelled"),
        ("Cancelled", "", "", False, "cancelled"),
        ("Not started", "", "", False, "open"),
        ("Ready for development", "", "", False, "open"),
        ("Ready for review", "", "", False, "active"),
        ("In Backlog", "", "", False, "open"),
        ("Code Review", "", "", False, "active"),
        ("Blocked", "", "", False, "active"),
        ("Released", "", "", False, "done"),
        ("Zen", "", "", True, "done"),
        ("Zen", "", "", False, None),
        ("", "", "", False, None),
    ],
)
def test_a_status_belongs_to_a_group(
    status: str,
    category: str,
    resolution: str,
    resolved: bool,  # noqa: FBT001 - pytest gives it by name
    group: str | None,
) -> None:
    assert status_group(status, category=category, resolution=resolution, resolved=resolved) == group


def test_it_recognises_exports_by_their_content() -> None:
    for file in cases("jira"):
        assert recognises(replace(file, name="x.ics")) >= MINE
    huge = json.dumps({"issues": [{"key": "P-1", "fields": {"description": "x" * 90_000, "summary": "a"}}]})
    assert recognises(text_file(huge)) >= MINE
    assert recognises(text_file('{"issues": [{"number": 1}]}')) == 0
    assert recognises(text_file("Key,Summary,Issue Type,Status\n")) >= MINE
    assert recognises(text_file("Summary,Title,Status\n")) == 0
    assert recognises(text_file("Summary,Issue key\n")) == 0


def test_no_bad_file_stops_it() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=80)
@given(damaged(cases("jira")))
def test_no_damage_stops_it(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)
