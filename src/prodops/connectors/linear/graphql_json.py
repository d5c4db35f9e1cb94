"""Issues of a Linear export in JSON: GraphQL's `nodes` at any depth, or a flat list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prodops.connectors.linear.reading import (
    KEY,
    Reading,
    first_moment,
    group_of_type,
    issue_id,
    linked,
    moment,
    needed_moment,
    person,
)
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.reading import Entry, Problem
from prodops.ledger.record import Citation, PersonId, Prose, RecordId
from prodops.text.json_items import Item, read_items
from prodops.text.json_values import at, line, line_at, mappings_at
from prodops.text.moments import MomentError

INTO = frozenset(
    {
        "data",
        "issues",
        "nodes",
        "team",
        "teams",
        "viewer",
        "assignedIssues",
        "project",
        "projects",
        "organization",
        "cycle",
    }
)
_PRIORITIES = {"0": "No priority", "1": "Urgent", "2": "High", "3": "Medium", "4": "Low"}
_CHANGES = (
    ("status", "State"),
    ("assignee", "Assignee"),
    ("priority", "Priority"),
    ("estimate", "Estimate"),
    ("project", "Project"),
    ("cycle", "Cycle"),
    ("team", "Team"),
    ("title", "Title"),
    ("due date", "DueDate"),
    ("parent", "Parent"),
)
_NAMES = ("name", "displayName", "identifier", "title", "number", "email", "id")


def is_issue(value: dict[str, object]) -> bool:
    """Whether an object is a Linear issue: its key, and what no other tracker writes beside it."""
    key = value.get("identifier")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return False
    return bool({"state", "title", "createdAt", "priorityLabel", "team"} & value.keys())


def read_graphql(reading: Reading, text: str) -> Iterator[Entry]:
    """Give an entry for each issue of one or more pages; a truncated file gives the issues before the cut."""
    marks: Item | None = None
    for item in read_items(text, into=INTO, is_item=is_issue):
        locator = item.path or "file"
        if item.error:
            remedy = "export it again; the file may have been cut off"
            yield reading.lost(locator, "bad_json", says=item.error, remedy=remedy)
        elif item.beside:
            marks = item if at(item.value, "pageInfo") else marks
        elif isinstance(item.value, dict) and is_issue(item.value):
            yield _issue(reading, locator, item.value)
        elif item.value:
            says = "it is not an issue with an identifier"
            remedy = "export issues with identifier, title, state and createdAt"
            yield reading.lost(locator, "wrong_type", says=says, remedy=remedy)
    if marks and at(marks.value, "pageInfo", "hasNextPage") is True:
        note = reading.note(
            marks.path,
            "more_pages",
            says="Linear says that more issues follow this page",
            remedy="add the following pages as well, if they are not in other files",
        )
        yield Entry(locator=marks.path or "file", unused="page marks", problems=(note,))


def _issue(reading: Reading, locator: str, value: dict[str, object]) -> Entry:
    key = line_at(value, "identifier")
    try:
        created = needed_moment(line_at(value, "createdAt"))
    except MomentError as error:
        says = f"{key}, createdAt: {error}"
        return reading.lost(locator, "bad_date", says=says, remedy="export the field createdAt")
    changes, notes = _history(reading, locator, key, value)
    ends = (line_at(value, "completedAt"), line_at(value, "canceledAt"))
    resolved, doubts = first_moment(reading, locator, *ends)
    group = group_of_type(line_at(value, "state", "type"))
    if group is None:
        group = "cancelled" if ends[1] and not ends[0] else "done" if ends[0] else None
        group = group or ("active" if line_at(value, "startedAt") else "open")
    state = line_at(value, "state", "name") or line_at(value, "state") or line_at(value, "status")
    record = Issue(
        id=issue_id(key),
        cite=Citation(reading.file.name, locator),
        tracker="linear",
        key=key,
        title=Prose(line_at(value, "title")),
        status=state,
        status_group=group,
        project=line_at(value, "project", "name") or line_at(value, "team", "name") or key.rpartition("-")[0],
        created_at=created,
        resolved_at=resolved,
        reporter=_who(at(value, "creator")),
        assignee=_who(at(value, "assignee")),
        priority=_priority(value),
        labels=_labels(value),
        links=linked(_links(value), key),
    )
    return reading.entry(locator, (record, *changes), (*notes, *doubts))


def _priority(value: object) -> str:
    written = (
        line_at(value, "priorityLabel") or line_at(value, "priority", "name") or line_at(value, "priority")
    )
    return _PRIORITIES.get(written, written)


def _history(
    reading: Reading, locator: str, key: str, value: dict[str, object]
) -> tuple[tuple[IssueChange, ...], tuple[Problem, ...]]:
    made: dict[str, IssueChange] = {}
    undated = 0
    for place, event in enumerate(mappings_at(value, "history")):
        try:
            when = moment(line_at(event, "createdAt"))
        except MomentError:
            when = None
        if when is None:
            undated += 1
            continue
        for number, change in enumerate(_changes(event)):
            name = f"linear:change:{key}:{line_at(event, 'id') or place}:{number}"
            cite = Citation(reading.file.name, f"{locator}.history[{place}]")
            made.setdefault(name, _change((name, key, cite), when, event, change))
    notes: tuple[Problem, ...] = ()
    if undated:
        says = f"{key}: events of the history without a readable date: {undated}"
        notes = (reading.note(locator, "bad_date", says=says, remedy="export createdAt of the history"),)
    if at(value, "history", "pageInfo", "hasNextPage") is True:
        says = f"{key}: the history goes on after what was exported"
        cut = reading.note(locator, "history_cut", says=says, remedy="fetch the whole history of this issue")
        notes = (*notes, cut)
    return tuple(made.values()), notes


def _changes(event: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """What one event changed: field, before, after."""
    for field, name in _CHANGES:
        before, after = _named(event.get(f"from{name}")), _named(event.get(f"to{name}"))
        if before or after:
            yield field, before, after
    added, removed = (_label_names(event, name) for name in ("addedLabels", "removedLabels"))
    if added or removed:
        yield "labels", removed, added
    for field in ("archived", "trashed", "autoClosed"):
        if event.get(field) is True:
            yield field, "", "yes"


def _named(value: object) -> str:
    if isinstance(value, dict):
        return next((found for name in _NAMES if (found := line_at(value, name))), "")
    return line(value)


def _label_names(event: dict[str, object], name: str) -> str:
    return ", ".join(filter(None, (line_at(label, "name") for label in mappings_at(event, name))))


def _change(
    names: tuple[str, str, Citation], when: datetime, event: dict[str, object], change: tuple[str, str, str]
) -> IssueChange:
    (name, key, cite), (field, before, after) = names, change
    return IssueChange(
        id=RecordId(name),
        cite=cite,
        issue=issue_id(key),
        at=when,
        author=_who(at(event, "actor")),
        field=field,
        before=Prose(before),
        after=Prose(after),
    )


def _who(user: object) -> PersonId | None:
    if isinstance(user, str):
        return person(line(user))
    return person(*(line_at(user, name) for name in ("email", "name", "displayName", "id")))


def _labels(value: object) -> tuple[str, ...]:
    held = at(value, "labels")
    if isinstance(held, list) and all(isinstance(one, str) for one in held):
        return tuple(dict.fromkeys(filter(None, map(line, held))))
    return tuple(
        dict.fromkeys(filter(None, (line_at(label, "name") for label in mappings_at(value, "labels"))))
    )


def _links(value: object) -> list[str]:
    ends = [line_at(value, "parent", "identifier")]
    ends += [line_at(child, "identifier") for child in mappings_at(value, "children")]
    for name, end in (("relations", "relatedIssue"), ("inverseRelations", "issue")):
        ends += [line_at(relation, end, "identifier") for relation in mappings_at(value, name)]
    return ends
