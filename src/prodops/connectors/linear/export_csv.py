"""Issues of Linear's own CSV export, in its shapes of 22 to 34 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prodops.connectors.linear.reading import (
    KEY,
    Reading,
    first_moment,
    issue_id,
    linked,
    needed_moment,
    person,
)
from prodops.ledger.delivery import Issue
from prodops.ledger.reading import Entry
from prodops.ledger.record import Citation, Prose
from prodops.text.moments import MomentError
from prodops.text.tables import Row, read_table
from prodops.text.words import fold

_NEEDED = frozenset({"id", "team", "title", "status"})
_TELLING = frozenset(
    {
        "cycle number",
        "cycle name",
        "triaged",
        "canceled",
        "parent issue",
        "project milestone",
        "sla status",
        "archived",
    }
)
_SURE_AT = 2
_LINKS = ("parent issue", "related to", "blocked by", "blocks", "duplicate of")
_DROPPED = re.compile(r"\b(?:cancell?ed|duplicate|won'?t (?:do|fix)|declined|rejected)\b")
_DONE = re.compile(r"\b(?:done|completed?|released|shipped|merged|closed)\b")
_ACTIVE = re.compile(r"\b(?:progress|review|started|doing|testing|qa|blocked)\b")
_LONGEST_LINE = 1_000


def is_export(header: tuple[str, ...]) -> bool:
    """Whether a header is Linear's own."""
    names = {fold(name) for name in header}
    return names >= _NEEDED and len(names & _TELLING) >= _SURE_AT


def read_export(reading: Reading, text: str) -> Iterator[Entry]:
    """Give an entry for each row; cells missing at the end of a row are empty ones."""
    rows = read_table(text)
    header = next(rows, None)
    places = {fold(name): place for place, name in enumerate(header.cells)} if header else {}
    for row in rows:
        locator = f"line {row.line}"
        if not any(cell.strip() for cell in row.cells):
            yield Entry(locator=locator, unused="empty row")
        elif row.fault:
            yield reading.lost(locator, "bad_row", says=row.fault, remedy="export the table again")
        else:
            yield _issue(reading, locator, row, places)


def _issue(reading: Reading, locator: str, row: Row, places: dict[str, int]) -> Entry:
    def cell(name: str) -> str:
        place = places.get(name, len(row.cells))
        return " ".join(row.cells[place][:_LONGEST_LINE].split()) if place < len(row.cells) else ""

    key = cell("id")
    if not KEY.fullmatch(key):
        says = f"the ID {key[:40]!r} is not like ABC-12"
        return reading.lost(locator, "bad_key", says=says, remedy="export the issues again")
    try:
        created = needed_moment(cell("created"))
    except MomentError as error:
        says = f"{key}, Created: {error}"
        return reading.lost(locator, "bad_date", says=says, remedy="export the issues again")
    resolved, notes = first_moment(reading, locator, cell("completed"), cell("canceled"))
    record = Issue(
        id=issue_id(key),
        cite=Citation(reading.file.name, locator),
        tracker="linear",
        key=key,
        title=Prose(cell("title")),
        status=cell("status"),
        status_group=_group(cell("status"), cell("started"), cell("completed"), cell("canceled")),
        project=cell("project") or cell("team") or key.rpartition("-")[0],
        created_at=created,
        resolved_at=resolved,
        reporter=person(cell("creator")),
        assignee=person(cell("assignee")),
        priority=cell("priority"),
        labels=tuple(dict.fromkeys(filter(None, map(str.strip, cell("labels").split(","))))),
        links=linked([key for name in _LINKS for key in KEY.findall(cell(name))], key),
    )
    return reading.entry(locator, (record,), notes)


def _group(status: str, started: str, completed: str, canceled: str) -> str:
    """Our group of a state whose type the export leaves out: its dates tell, then its name."""
    said = fold(status)
    if canceled or _DROPPED.search(said):
        return "cancelled"
    if completed or _DONE.search(said):
        return "done"
    return "active" if started or _ACTIVE.search(said) else "open"
