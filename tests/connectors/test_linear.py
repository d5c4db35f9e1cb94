"""Linear: GraphQL's nodes with their history, and the CSV export in its shapes."""

from __future__ import annotations

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
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.linear.parse import parse, recognises
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id

NODES = json.loads(case("linear", "issues.json").content)["data"]["team"]["issues"]["nodes"]


def read(value: object) -> list[Entry]:
    return read_well(parse, text_file(json.dumps(value), "linear.json"))


def node(**fields: Any) -> dict[str, Any]:
    """The first issue with some of its fields changed."""
    return {**deepcopy(NODES[0]), **fields}


def test_it_reads_an_issue_below_graphql_nodes() -> None:
    entries = read_well(parse, case("linear", "issues.json"))
    first, second, third = records(entries, Issue)
    assert (first.id, first.tracker, first.key, first.title) == (
        "linear:issue:ORC-1", "linear", "ORC-1", "Pickers cannot see ripe pears",
    )  # fmt: skip
    assert (first.status, first.status_group, first.priority, first.project) == (
        "Shipped",
        "done",
        "High",
        "Ripeness",
    )
    assert (first.created_at, first.resolved_at) == (
        datetime(2030, 3, 4, 9, 11, 12, tzinfo=UTC),
        datetime(2030, 3, 7, 11, tzinfo=UTC),
    )
    assert (first.labels, first.links) == (("ripeness", "mobile"), ("ORC-9", "ORC-4", "ORC-2"))
    assert (first.reporter, first.assignee) == (person_id("robin@example.org"), person_id("Kim Example"))
    assert (second.status_group, second.priority, second.resolved_at) == (
        "cancelled",
        "Low",
        datetime(2030, 4, 1, 8, tzinfo=UTC),
    )
    assert (third.status_group, third.resolved_at, third.project) == ("open", None, "ORC")
    assert (counts(entries), codes(entries)) == ((3, 0, 0), [])
    assert "left out" not in repr(entries)


def test_each_change_of_the_history_is_a_record() -> None:
    changes = records(read_well(parse, case("linear", "issues.json")), IssueChange)
    assert [(one.id, one.field, one.before, one.after) for one in changes] == [
        ("linear:change:ORC-1:h1:0", "status", "Todo", "In Progress"),
        ("linear:change:ORC-1:h1:1", "assignee", "", "Kim Example"),
        ("linear:change:ORC-1:h2:0", "priority", "0", "2"),
        ("linear:change:ORC-1:h2:1", "labels", "", "mobile"),
        ("linear:change:ORC-1:h3:0", "status", "In Progress", "Shipped"),
        ("linear:change:ORC-1:h3:1", "archived", "", "yes"),
    ]
    assert changes[2].author is None


def test_a_flat_list_and_json_lines_and_a_lone_issue_are_read_alike() -> None:
    wanted = [one.id for one in records(read(NODES), Issue)]
    assert wanted == [f"linear:issue:ORC-{number}" for number in (1, 2, 3)]
    for text in (
        json.dumps({"issues": {"nodes": NODES}}),
        "\n".join(map(json.dumps, NODES)),
        json.dumps({"nodes": NODES}),
    ):
        assert [one.id for one in records(read_well(parse, text_file(text)), Issue)] == wanted
    assert [one.id for one in records(read(NODES[0]), Issue)] == wanted[:1]


def test_pages_and_histories_that_go_on_are_told() -> None:
    history = {
        "nodes": [{"createdAt": "2030-02-31"}, {"createdAt": "2030-02-01T00:00:00Z"}],
        "pageInfo": {"hasNextPage": True},
    }
    value = {"data": {"issues": {"nodes": [node(history=history)], "pageInfo": {"hasNextPage": True}}}}
    entries = read(value)
    assert (counts(entries), codes(entries)) == ((1, 1, 0), ["bad_date", "history_cut", "more_pages"])


@pytest.mark.parametrize(
    ("fields", "group"),
    [
        ({"state": {"name": "x", "type": "backlog"}}, "open"),
        ({"state": {"name": "x", "type": "unstarted"}}, "open"),
        ({"state": {"name": "x", "type": "started"}}, "active"),
        ({"state": {"name": "x", "type": "duplicate"}}, "cancelled"),
        ({"state": {"name": "x"}}, "done"),
        ({"state": "Doing", "completedAt": None}, "active"),
        ({"state": None, "completedAt": None, "startedAt": None}, "open"),
        ({"state": None, "completedAt": None, "canceledAt": "2030-04-01T08:00:00Z"}, "cancelled"),
    ],
)
def test_the_type_of_a_state_decides_its_group_and_then_its_dates(
    fields: dict[str, object], group: str
) -> None:
    assert records(read([node(**fields)]), Issue)[0].status_group == group


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"createdAt": "2019-09-38"}, ["bad_date"]),
        ({"createdAt": None}, ["bad_date"]),
        ({"completedAt": "soon"}, ["bad_date"]),
        ({"labels": ["a", "b"], "creator": "robin", "history": 3, "relations": [1], "parent": []}, []),
        ({"labels": 3, "team": None, "project": "x", "priority": {"name": "High"}}, []),
    ],
)
def test_fields_of_the_wrong_kind_cost_no_more_than_themselves(
    fields: dict[str, object], told: list[str]
) -> None:
    assert codes(read([node(**fields)])) == told


def test_doubles_strangers_and_truncation_become_problems() -> None:
    assert codes(read([NODES[0], NODES[0], {"id": 3}, 4])) == ["duplicate_id", "wrong_type", "wrong_type"]
    cut = json.dumps(NODES)[:-30]
    entries = read_well(parse, text_file(cut))
    assert ([one.key for one in records(entries, Issue)], codes(entries)) == (
        ["ORC-1", "ORC-2"],
        ["bad_json"],
    )


def test_it_reads_rows_of_the_csv_export() -> None:
    entries = read_well(parse, case("linear", "export.csv"))
    first, second, third = records(entries, Issue)
    assert (first.key, first.status, first.status_group, first.project) == (
        "ORC-1",
        "Shipped",
        "done",
        "Ripeness",
    )
    assert (first.labels, first.links, first.cite.locator) == (("ripeness", "mobile"), ("ORC-9",), "line 2")
    assert (first.reporter, first.assignee) == (person_id("robin@example.org"), person_id("kim@example.org"))
    assert (second.created_at, second.resolved_at) == (
        datetime(2030, 3, 5, 8, tzinfo=UTC),
        datetime(2030, 4, 1, 8, tzinfo=UTC),
    )
    assert (second.status_group, second.project) == ("cancelled", "Orchard")
    assert (third.title, third.status_group, third.resolved_at) == ("=1+1", "active", None)
    assert (counts(entries), codes(entries)) == ((3, 0, 0), [])


HEADER = "ID,Team,Title,Status,Created,Completed,Canceled,Archived,Started\n"


@pytest.mark.parametrize(
    ("row", "counted", "told"),
    [
        ("ORC-1,O,t,Todo,2019-09-38,,,,", (0, 0, 1), ["bad_date"]),
        ("ORC-1,O,t,Todo", (0, 0, 1), ["bad_date"]),
        ("17,O,t,Todo,2030-03-06T08:00:00Z", (0, 0, 1), ["bad_key"]),
        ("ORC-1,O,t,Todo,2030-03-06T08:00:00Z,never", (1, 0, 0), ["bad_date"]),
        (",,,", (0, 1, 0), []),
        ('"ORC-1,O', (0, 0, 1), ["bad_row"]),
    ],
)
def test_what_is_wrong_with_a_row_is_told(row: str, counted: tuple[int, int, int], told: list[str]) -> None:
    entries = read_well(parse, text_file(HEADER + row + "\n"))
    assert (counts(entries), codes(entries)) == (counted, told)


@pytest.mark.parametrize(
    ("status", "group"),
    [("Todo", "open"), ("Done", "done"), ("In Progress", "active"), ("Duplicate", "cancelled")],
)
def test_a_status_without_dates_is_judged_by_its_name(status: str, group: str) -> None:
    entries = read_well(parse, text_file(f"{HEADER}ORC-1,O,t,{status},2030-03-06T08:00:00Z\n"))
    assert records(entries, Issue)[0].status_group == group


def test_it_recognises_exports_by_their_content() -> None:
    for file in cases("linear"):
        assert recognises(replace(file, name="x.ics")) >= MINE
    huge = json.dumps({"nodes": [{"identifier": "A-1", "state": {}, "description": "x" * 90_000}]})
    assert recognises(text_file(huge)) >= MINE
    assert recognises(text_file('[{"identifier": "a b", "title": "x"}]')) == 0
    assert recognises(text_file("ID,Team,Title,Status\n")) == 0


def test_no_bad_file_stops_it() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=80)
@given(damaged(cases("linear")))
def test_no_damage_stops_it(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)
