"""GitHub: issues and pull requests from REST, GraphQL and the `gh` command, with what happened to them."""

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
    problems,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.github.parse import parse, recognises
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id

REST = json.loads(case("github", "rest_issues.json").content)


def read(value: object, name: str = "pears.json") -> list[Entry]:
    return read_well(parse, text_file(json.dumps(value), name))


def issue(**fields: Any) -> dict[str, Any]:
    """The first issue with some of its fields changed."""
    return {**deepcopy(REST[0]), **fields}


def only(**fields: Any) -> Issue:
    (found,) = records(read([issue(**fields)]), Issue)
    return found


def test_it_reads_issues_of_the_rest_interface() -> None:
    entries = read_well(parse, case("github", "rest_issues.json"))
    first, pull, dropped = records(entries, Issue)
    assert (first.id, first.tracker, first.key, first.project) == (
        "github:issue:orchard/pears#1", "github", "orchard/pears#1", "orchard/pears",
    )  # fmt: skip
    assert (first.kind, first.status, first.status_group) == ("issue", "closed completed", "done")
    assert (first.created_at, first.resolved_at) == (
        datetime(2030, 3, 4, 9, 11, 12, tzinfo=UTC),
        datetime(2030, 3, 7, 11, tzinfo=UTC),
    )
    assert (first.labels, first.links) == (("bug", "mobile"), ())
    assert (first.reporter, first.assignee) == (person_id("robin"), person_id("kim"))
    assert (pull.kind, pull.status_group, pull.links) == (
        "pull request",
        "done",
        ("orchard/pears#1", "orchard/plums#7"),
    )
    assert (dropped.status_group, dropped.labels, dropped.reporter) == ("cancelled", ("idea",), None)
    assert (counts(entries), codes(entries)) == ((3, 0, 0), [])
    assert "left out" not in repr(entries)


def test_what_happened_to_an_issue_is_kept_field_by_field() -> None:
    changes = records(read_well(parse, case("github", "rest_issues.json")), IssueChange)
    assert [(one.id.rpartition(":")[2], one.field, one.before, one.after) for one in changes] == [
        ("501", "labels", "", "bug"),
        ("502", "labels", "later", ""),
        ("503", "assignee", "", "kim"),
        ("504", "title", "Pears", "Pickers cannot see ripe pears"),
        ("506", "state", "open", "closed completed"),
        ("507", "state", "closed", "open"),
    ]
    assert {one.issue for one in changes} == {"github:issue:orchard/pears#1"}
    assert changes[3].author == person_id("kim")


def test_it_reads_what_the_gh_command_lists() -> None:
    merged, draft = records(read_well(parse, case("github", "gh_prs.json")), Issue)
    assert (merged.kind, merged.status, merged.status_group) == ("pull request", "merged", "done")
    assert (merged.resolved_at, merged.links) == (datetime(2030, 3, 6, 8, tzinfo=UTC), ("orchard/pears#1",))
    assert (draft.kind, draft.status_group, draft.resolved_at, draft.assignee) == (
        "pull request",
        "open",
        None,
        person_id("robin"),
    )


def test_it_reads_graphql_nodes_with_their_timeline() -> None:
    entries = read_well(parse, case("github", "graphql.json"))
    (found,) = records(entries, Issue)
    assert (found.key, found.status_group, found.labels, found.assignee) == (
        "orchard/pears#6", "done", ("idea",), person_id("kim"),
    )  # fmt: skip
    assert [(one.field, one.before, one.after) for one in records(entries, IssueChange)] == [
        ("labels", "", "idea"),
        ("draft", "draft", "ready"),
        ("state", "open", "closed completed"),
    ]
    assert (counts(entries), codes(entries)) == ((1, 1, 0), ["more_pages"])


def test_searches_glued_pages_and_lists_of_pages_are_read_alike() -> None:
    first, second, third = (json.dumps(one) for one in REST)
    for text in (
        f'{{"total_count": 3, "items": [{first}, {second}, {third}]}}',
        f"[{first}, {second}][{third}]",
        f"[[{first}], [{second}, {third}]]",
        f"{first}\n{second}\n{third}\n",
    ):
        assert [one.key for one in records(read_well(parse, text_file(text)), Issue)] == [
            "orchard/pears#1", "orchard/pears#2", "orchard/pears#3",
        ]  # fmt: skip


def test_a_repository_is_found_where_the_export_names_it() -> None:
    bare = {
        "number": 1,
        "title": "t",
        "state": "open",
        "labels": [],
        "user": {"login": "a"},
        "created_at": "2030-03-04T09:11:12Z",
    }
    for more in (
        {"repository": {"full_name": "orchard/pears"}},
        {"repository": {"nameWithOwner": "orchard/pears"}},
        {"url": "https://github.example.org/api/v3/repos/orchard/pears/issues/1"},
        {"html_url": "https://github.example.org/orchard/pears/pull/1"},
    ):
        assert records(read([{**bare, **more}]), Issue)[0].project == "orchard/pears"
    entries = read([bare, {**bare, "number": 2}])
    assert [one.key for one in records(entries, Issue)] == ["pears#1", "pears#2"]
    assert [(found.code, found.lost) for found in problems(entries)] == [("no_repository", False)]


@pytest.mark.parametrize(
    ("fields", "kind", "group"),
    [
        ({"state": "open", "closed_at": None}, "issue", "open"),
        ({"state": "closed", "state_reason": "duplicate"}, "issue", "cancelled"),
        (
            {"state": "open", "pull_request": {}, "html_url": "https://github.com/a/b/pull/1"},
            "pull request",
            "active",
        ),
        (
            {"state": "open", "draft": True, "html_url": "https://github.com/a/b/pull/1"},
            "pull request",
            "open",
        ),
        ({"state": "closed", "html_url": "https://github.com/a/b/pull/1"}, "pull request", "cancelled"),
        (
            {
                "state": "closed",
                "html_url": "https://github.com/a/b/pull/1",
                "merged_at": "2030-03-07T11:00:00Z",
            },
            "pull request",
            "done",
        ),
        ({"state": "closed", "html_url": "", "url": "", "merged_at": None}, "pull request", "cancelled"),
        ({"state": None}, "issue", "done"),
        ({"state": None, "closed_at": None}, "issue", "open"),
        ({"type": {"name": "Epic"}}, "Epic", "done"),
    ],
)
def test_a_state_belongs_to_a_group(fields: dict[str, object], kind: str, group: str) -> None:
    found = only(**fields)
    assert (found.kind, found.status_group) == (kind, group)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"created_at": "2019-09-38"}, ["bad_date"]),
        ({"created_at": None}, ["bad_date"]),
        ({"closed_at": "soon"}, ["bad_date"]),
        ({"timeline": [{"event": "closed"}, {"event": "closed", "created_at": "soon"}]}, ["bad_date"]),
        ({"timeline": "x", "labels": 3, "assignees": 4, "assignee": [], "user": "robin", "body": 3}, []),
    ],
)
def test_fields_of_the_wrong_kind_cost_no_more_than_themselves(
    fields: dict[str, object], told: list[str]
) -> None:
    assert codes(read([issue(**fields)])) == told


@pytest.mark.parametrize(
    ("event", "field", "before", "after"),
    [
        ({"event": "milestoned", "milestone": {"title": "May"}}, "milestone", "", "May"),
        ({"event": "demilestoned", "milestone": {"title": "May"}}, "milestone", "May", ""),
        ({"event": "convert_to_draft"}, "draft", "ready", "draft"),
        (
            {
                "event": "reviewed",
                "state": "approved",
                "submitted_at": "2030-03-05T09:00:00Z",
                "created_at": None,
            },
            "review",
            "",
            "approved",
        ),
        ({"event": "locked"}, "locked", "", "locked"),
        ({"event": "removed_from_project", "project_card": {"column_name": "Doing"}}, "project", "Doing", ""),
    ],
)
def test_an_event_says_what_it_changed(event: dict[str, object], field: str, before: str, after: str) -> None:
    dated = {"created_at": "2030-03-05T09:00:00Z", **event}
    (change,) = records(read([issue(timeline=[dated, {"event": "subscribed"}])]), IssueChange)
    assert (change.field, change.before, change.after) == (field, before, after)


def test_doubles_strangers_and_truncation_become_problems() -> None:
    assert codes(read([REST[0], REST[0], {"id": 3}, 4])) == ["duplicate_id", "wrong_type", "wrong_type"]
    entries = read_well(parse, text_file(json.dumps(REST)[:-30]))
    assert (len(records(entries, Issue)), codes(entries)) == (2, ["bad_json"])


def test_it_recognises_exports_by_their_content() -> None:
    for file in cases("github"):
        assert recognises(replace(file, name="x.ics")) >= MINE
    huge = json.dumps([{"html_url": "https://github.com/a/b/issues/1", "number": 1, "body": "x" * 90_000}])
    assert recognises(text_file(huge)) >= MINE
    assert recognises(text_file('[{"number": 1, "title": "x"}]')) == 0
    assert (
        recognises(text_file('[{"number": 1, "title": "x", "state": "on hold", "user": 1, "labels": []}]'))
        == 0
    )
    assert recognises(text_file("number,title,state\n")) == 0


def test_no_bad_file_stops_it() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=80)
@given(damaged(cases("github")))
def test_no_damage_stops_it(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)


def test_moves_on_a_project_board_are_changes_of_status() -> None:
    event = {
        "__typename": "ProjectV2ItemStatusChangedEvent",
        "id": "PVTISC_1",
        "createdAt": "2030-03-05T09:00:00Z",
        "actor": {"login": "quince"},
        "previousStatus": "New",
        "status": "Discovery",
    }
    added = {**event, "__typename": "AddedToProjectV2Event", "id": "PVTI_1"}
    found = records(read([issue(timeline=None, timelineItems={"nodes": [event, added]})]), IssueChange)
    assert [(change.field, change.before, change.after) for change in found] == [
        ("status", "New", "Discovery"),
        ("project", "", "added to project v2"),
    ]
