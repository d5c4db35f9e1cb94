"""Issues of Jira's CSV export, whose columns repeat: one `Sprint`, `Labels` or link column for each value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from prodops.connectors.jira.reading import KEY, Reading, issue_id, linked, moment, needed_moment, person
from prodops.connectors.jira.statuses import status_group
from prodops.ledger.delivery import Issue
from prodops.ledger.reading import Entry, Problem, problem
from prodops.ledger.record import Citation, Prose
from prodops.text.local_dates import day_comes_first
from prodops.text.moments import MomentError
from prodops.text.tables import Row, read_table
from prodops.text.words import fold

_KEY = ("issue key", "key")
_DATES = ("created", "updated", "resolved", "due date", "last viewed", "status category changed")
_LINKS = (
    "inward issue link",
    "outward issue link",
    "parent",
    "parent key",
    "epic link",
    "custom field (epic link)",
)
_LONGEST_LINE = 1_000

Columns = dict[str, list[int]]
"""Where a column of each folded name stands; Jira repeats names."""


def columns_of(header: tuple[str, ...]) -> Columns:
    """The places of each column by its folded name."""
    columns: Columns = {}
    for place, name in enumerate(header):
        columns.setdefault(fold(name), []).append(place)
    return columns


def is_export(header: tuple[str, ...]) -> bool:
    """Whether a header is Jira's: the issue's key and summary, and what else Jira always exports."""
    names = columns_of(header).keys()
    if "summary" not in names:
        return False
    if "issue key" in names:
        return bool(names & {"status", "issue type", "issue id", "created"})
    return {"key", "issue type", "status"} <= names


def read_export(reading: Reading, text: str) -> Iterator[Entry]:
    """Give an entry for each row. The text is gone through twice: once for the order of its dates."""
    rows = read_table(text)
    header = next(rows, None)
    if header is None:
        yield reading.lost("file", "empty", says="the file has no row", remedy="export it again")
        return
    columns = columns_of(header.cells)
    reading.day_first = day_comes_first(cell for row in rows for cell in _cells(row, columns, *_DATES))
    for row in read_table(text):
        if row.line == header.line:
            continue
        locator = f"line {row.line}"
        if not any(cell.strip() for cell in row.cells):
            yield Entry(locator=locator, unused="empty row")
        elif row.fault:
            yield reading.lost(locator, "bad_row", says=row.fault, remedy="export the table again")
        else:
            yield _issue(reading, locator, row, columns, len(header.cells))


def _issue(reading: Reading, locator: str, row: Row, columns: Columns, width: int) -> Entry:
    key = _cell(row, columns, *_KEY)
    if not KEY.fullmatch(key):
        says = f"the key {key[:40]!r} is not like PROJ-12"
        return reading.lost(locator, "bad_key", says=says, remedy="export the column `Issue key`")
    try:
        created, notes = needed_moment(reading, locator, _cell(row, columns, "created"))
    except MomentError as error:
        remedy = "export the column `Created`, in the date format that Jira is set to"
        return reading.lost(locator, "bad_date", says=f"{key}, created: {error}", remedy=remedy)
    resolved, doubts = _resolved(reading, locator, row, columns)
    group, unclear = _group(reading, locator, row, columns, resolved=resolved is not None)
    found = [cell for name in columns if name.startswith(_LINKS) for cell in _cells(row, columns, name)]
    record = Issue(
        id=issue_id(key),
        cite=Citation(reading.file.name, locator),
        tracker="jira",
        key=key,
        title=Prose(_cell(row, columns, "summary")),
        kind=_cell(row, columns, "issue type"),
        status=_cell(row, columns, "status"),
        status_group=group,
        project=_cell(row, columns, "project key") or key.rpartition("-")[0],
        created_at=created,
        resolved_at=resolved,
        reporter=person(_cell(row, columns, "reporter"), _cell(row, columns, "reporter id")),
        assignee=person(_cell(row, columns, "assignee"), _cell(row, columns, "assignee id")),
        priority=_cell(row, columns, "priority"),
        labels=tuple(dict.fromkeys(_cells(row, columns, "labels"))),
        links=linked(found, key),
    )
    notes = (*notes, *doubts, *_width(reading, locator, row, width), *unclear)
    return reading.entry(locator, (record,), notes)


def _resolved(
    reading: Reading, locator: str, row: Row, columns: Columns
) -> tuple[datetime | None, tuple[Problem, ...]]:
    written = _cell(row, columns, "resolved")
    if not written and fold(_cell(row, columns, "status category")) == "done":
        written = _cell(row, columns, "status category changed")
    try:
        return moment(reading, locator, written)
    except MomentError as error:
        bad = problem(
            reading.file.name,
            locator,
            "bad_date",
            says=f"resolved: {error}"[:200],
            remedy="correct it in the source",
            lost=False,
        )
        return None, (bad,)


def _width(reading: Reading, locator: str, row: Row, width: int) -> tuple[Problem, ...]:
    """A cell too many shifts its neighbours; a missing one at the end is an empty one."""
    if len(row.cells) <= width:
        return ()
    return reading.once(
        locator,
        "wide_row",
        says=f"the row has {len(row.cells)} cells under {width} column names; some may stand one column off",
        remedy="export again; a header with too few `Labels` or `Sprint` columns was joined to these rows",
    )


def _group(
    reading: Reading, locator: str, row: Row, columns: Columns, *, resolved: bool
) -> tuple[str, tuple[Problem, ...]]:
    status = _cell(row, columns, "status")
    category, resolution = _cell(row, columns, "status category"), _cell(row, columns, "resolution")
    group = status_group(status, category=category, resolution=resolution, resolved=resolved)
    if group:
        return group, ()
    unclear = reading.once(
        locator,
        "unknown_status",
        status,
        says=f"nothing says whether the status {status[:60]!r} is open, active or done; read as open",
        remedy="export the column `Status Category`",
    )
    return "open", unclear


def _cell(row: Row, columns: Columns, *names: str) -> str:
    return next(iter(_cells(row, columns, *names)), "")


def _cells(row: Row, columns: Columns, *names: str) -> list[str]:
    places = [place for name in names for place in columns.get(name, ()) if place < len(row.cells)]
    return [cell for place in places if (cell := " ".join(row.cells[place][:_LONGEST_LINE].split()))]
