"""Issues of a Jira search result in JSON, with the changes of their changelog."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prodops.connectors.jira.reading import Reading, issue_id, linked, moment, needed_moment, person
from prodops.connectors.jira.statuses import status_group
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.reading import Entry, Problem, problem
from prodops.ledger.record import Citation, PersonId, Prose, RecordId
from prodops.text.json_items import Item, read_items
from prodops.text.json_values import at, line, line_at, mappings_at
from prodops.text.moments import MomentError

INTO = frozenset({"issues", "values", "data"})
_LONG_FIELDS = frozenset({"description", "comment", "environment", "attachment"})
"""Fields whose text is left out for its size; that they changed is kept."""


def is_issue(value: dict[str, object]) -> bool:
    """Whether an object is a Jira issue: a key, and fields of which Jira gives at least one."""
    fields = value.get("fields")
    return (
        isinstance(value.get("key"), str)
        and isinstance(fields, dict)
        and bool({"summary", "status", "issuetype", "created"} & fields.keys())
    )


def read_search(reading: Reading, text: str) -> Iterator[Entry]:
    """Give an entry for each issue of one or more pages; a truncated file gives the issues before the cut."""
    marks: Item | None = None
    count = 0
    for item in read_items(text, into=INTO, is_item=is_issue):
        locator = item.path or "file"
        if item.error:
            remedy = "export it again; the file may have been cut off"
            yield reading.lost(locator, "bad_json", says=item.error, remedy=remedy)
        elif item.beside:
            marks = item
        elif isinstance(item.value, dict) and is_issue(item.value):
            count += 1
            yield _issue(reading, locator, item.value)
        elif item.value:
            says = "it is not an issue with a key and fields"
            yield reading.lost(locator, "wrong_type", says=says, remedy="export issues with their fields")
    if marks and _more_follows(marks.value, count):
        yield Entry(
            locator=marks.path or "file",
            unused="page marks",
            problems=reading.once(
                marks.path or "file",
                "more_pages",
                says="Jira says that more issues follow this page",
                remedy="add the following pages as well, if they are not in other files",
            ),
        )


def _more_follows(marks: object, count: int) -> bool:
    if at(marks, "isLast") is False or line_at(marks, "nextPageToken"):
        return True
    total, start = at(marks, "total"), at(marks, "startAt")
    return isinstance(total, int) and total > count + (start if isinstance(start, int) else 0)


def _issue(reading: Reading, locator: str, value: dict[str, object]) -> Entry:
    key, fields = line_at(value, "key"), value["fields"]
    try:
        created, notes = needed_moment(reading, locator, line_at(fields, "created"))
    except MomentError as error:
        remedy = "export the field `created`"
        return reading.lost(locator, "bad_date", says=f"{key}, created: {error}", remedy=remedy)
    changes, more = _changes(reading, locator, key, value)
    resolved, doubts = _resolved(reading, locator, fields)
    group = status_group(
        line_at(fields, "status", "name"),
        category=line_at(fields, "status", "statusCategory", "key"),
        resolution=line_at(fields, "resolution", "name"),
        resolved=resolved is not None,
    )
    notes = (*notes, *more, *doubts, *_ungrouped(reading, locator, fields, group))
    if resolved is None and group in {"done", "cancelled"}:
        resolved = _entered(changes, line_at(fields, "status", "name"))
    record = Issue(
        id=issue_id(key),
        cite=Citation(reading.file.name, locator),
        tracker="jira",
        key=key,
        title=Prose(line_at(fields, "summary")),
        kind=line_at(fields, "issuetype", "name"),
        status=line_at(fields, "status", "name"),
        status_group=group or "open",
        project=line_at(fields, "project", "key") or key.rpartition("-")[0],
        created_at=created,
        resolved_at=resolved,
        reporter=_who(at(fields, "reporter")),
        assignee=_who(at(fields, "assignee")),
        priority=line_at(fields, "priority", "name"),
        labels=_labels(fields),
        links=linked(_links(fields), key),
    )
    return reading.entry(locator, (record, *changes), notes)


def _ungrouped(reading: Reading, locator: str, fields: object, group: str | None) -> tuple[Problem, ...]:
    if group:
        return ()
    status = line_at(fields, "status", "name")
    return reading.once(
        locator,
        "unknown_status",
        status,
        says=f"nothing says whether the status {status[:60]!r} is open, active or done; read as open",
        remedy="export issues with their status category",
    )


def _resolved(reading: Reading, locator: str, fields: object) -> tuple[datetime | None, tuple[Problem, ...]]:
    try:
        return moment(reading, locator, line_at(fields, "resolutiondate"))
    except MomentError as error:
        return None, (_bad_date(reading, locator, f"resolutiondate: {error}"),)


def _bad_date(reading: Reading, locator: str, says: str) -> Problem:
    return problem(
        reading.file.name, locator, "bad_date", says=says[:200], remedy="correct it in the source", lost=False
    )


def _changes(
    reading: Reading, locator: str, key: str, value: dict[str, object]
) -> tuple[tuple[IssueChange, ...], tuple[Problem, ...]]:
    histories = mappings_at(value, "changelog", "histories") or mappings_at(value, "changelog", "values")
    made: dict[str, IssueChange] = {}
    undated = 0
    for place, history in enumerate(histories):
        try:
            when, _ = moment(reading, locator, line_at(history, "created"))
        except MomentError:
            when = None
        if when is None:
            undated += 1
            continue
        for number, item in enumerate(mappings_at(history, "items")):
            name = f"jira:change:{key}:{line_at(history, 'id') or place}:{number}"
            made.setdefault(
                name, _change(reading, f"{locator}.changelog[{place}]", (key, name), when, (history, item))
            )
    notes: tuple[Problem, ...] = ()
    if undated:
        notes = (_bad_date(reading, locator, f"{key}: changes without a readable date: {undated}"),)
    total = at(value, "changelog", "total")
    if isinstance(total, int) and total > len(histories):
        cut = problem(
            reading.file.name,
            locator,
            "changelog_cut",
            says=f"{key}: the changelog holds {len(histories)} of {total} changes",
            remedy="fetch the whole changelog of this issue",
            lost=False,
        )
        notes = (*notes, cut)
    return tuple(made.values()), notes


def _change(
    reading: Reading,
    locator: str,
    names: tuple[str, str],
    when: datetime,
    parts: tuple[dict[str, object], dict[str, object]],
) -> IssueChange:
    (key, name), (history, item) = names, parts
    field = line_at(item, "field")
    told = field.lower() not in _LONG_FIELDS
    return IssueChange(
        id=RecordId(name),
        cite=Citation(reading.file.name, locator),
        issue=issue_id(key),
        at=when,
        author=_who(at(history, "author")),
        field=field,
        before=Prose((line_at(item, "fromString") or line_at(item, "from")) if told else ""),
        after=Prose((line_at(item, "toString") or line_at(item, "to")) if told else ""),
    )


def _entered(changes: tuple[IssueChange, ...], status: str) -> datetime | None:
    """When the issue came into its present status; newer Jira projects resolve without a resolution."""
    return max((made.at for made in changes if made.field == "status" and made.after == status), default=None)


def _who(user: object) -> PersonId | None:
    if isinstance(user, str):
        return person(line(user))
    return person(
        *(line_at(user, name) for name in ("emailAddress", "displayName", "name", "accountId", "key"))
    )


def _labels(fields: object) -> tuple[str, ...]:
    labels = at(fields, "labels")
    return tuple(filter(None, map(line, labels))) if isinstance(labels, list) else ()


def _links(fields: object) -> list[str]:
    found = [line_at(fields, "parent", "key"), line_at(fields, "epic", "key")]
    for link in mappings_at(fields, "issuelinks"):
        found += [line_at(link, "outwardIssue", "key"), line_at(link, "inwardIssue", "key")]
    return found + [line_at(task, "key") for task in mappings_at(fields, "subtasks")]
