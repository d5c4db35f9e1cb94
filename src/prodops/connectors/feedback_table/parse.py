"""Rows of any table of messages to feedback; a row is a message, or in a log one event of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from prodops.connectors.feedback_table.columns import MESSAGE_WORDS, Columns, words_of
from prodops.connectors.feedback_table.event_log import Progress, read_event
from prodops.connectors.feedback_table.layout import (
    Layout,
    TableError,
    find_columns,
    is_workbook,
    lay_out,
    sheets_of,
)
from prodops.connectors.feedback_table.messages import (
    RowError,
    content_key,
    read_message,
    read_moments,
    row_notes,
)
from prodops.ledger.reading import HEAD_BYTES, Entry, Problem, SourceFile, problem
from prodops.ledger.record import Record
from prodops.text.decoding import looks_binary
from prodops.text.tables import Row, read_table

COVERS: Literal["snapshot", "increment"] = "snapshot"
"""A table added again under the same name replaces what it said before: rows left out are gone."""

_LARGEST_WORKBOOK_LOOKED_INTO_BYTES = 8_000_000
_SAMPLE_ROWS = 50
_LEAST_COLUMNS = 2


def recognises(file: SourceFile) -> float:
    """How surely this is a table of messages, by its header and first rows.

    .8 for a table with dates and words, .7 for dates and answers without words, .55 for labelled
    messages without a date, and at most .3 for any other table: a connector that knows its own source's
    columns comes first.
    """
    if is_workbook(file.content):
        return _recognises_workbook(file)
    if looks_binary(file.content) or not file.head.strip():
        return 0.0
    first = file.head.lstrip()[:1]
    if first in {"{", "["} or file.head.lstrip().startswith(("---", "BEGIN:", "WEBVTT")):
        return 0.0
    rows = []
    for row in read_table(file.head):
        rows.append(row)
        if len(rows) > _SAMPLE_ROWS:
            break
    if len(file.content) > HEAD_BYTES and len(rows) > 1 and len(rows) <= _SAMPLE_ROWS:
        rows.pop()  # cut in the middle
    return _score(rows, file)


def _recognises_workbook(file: SourceFile) -> float:
    if len(file.content) > _LARGEST_WORKBOOK_LOOKED_INTO_BYTES:
        return 0.5
    try:
        return max(
            (_score(list(sheet.rows())[:_SAMPLE_ROWS], file) for sheet in sheets_of(file)), default=0.0
        )
    except TableError:
        # A workbook by its first bytes, though damaged: nobody else says so better.
        return 0.5 if file.ending in {"xlsx", "xls", "ods"} else 0.0


def _score(rows: list[Row], file: SourceFile) -> float:
    if not rows or max(len(row.cells) for row in rows) < _LEAST_COLUMNS:
        return 0.0
    _, columns = find_columns(rows, file.hints)
    if columns.feedback:
        return 0.8 if columns.worded else 0.7
    return 0.55 if _labelled(columns) else 0.3 * (columns.dated or columns.worded)


def _labelled(columns: Columns) -> bool:
    """Whether these are messages without dates: a column of messages and one that names their topic."""
    if "text" not in columns.places or not {"topic", "tags"} & set(columns.places):
        return False
    return bool(MESSAGE_WORDS & set(words_of(columns.header[columns.places["text"]]).split()))


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry a row, below the header of each table in the file.

    `file.hints` may map a field (`names.FIELDS`) to a column name and set `date_order` and `time_zone`.
    A row that repeats an id is lost, unless the table is a log of changes (see `event_log`). Rows without
    an id that are alike in every respect that identifies them are kept, each with a problem that loses
    nothing: two customers may well write the same words.
    """
    try:
        sheets = sheets_of(file)
    except TableError as error:
        yield _file_problem(file, error.code, str(error), error.remedy)
        return
    empty = True
    for sheet in sheets:
        layout = lay_out(file.name, sheet, file.hints)
        for entry in _sheet_entries(layout, alone=len(sheets) == 1):
            empty = False
            yield entry
    if empty:
        yield _file_problem(file, "no_rows", "there is no row below the header", "export the table again")


def _sheet_entries(layout: Layout, *, alone: bool) -> Iterator[Entry]:
    columns = layout.columns
    if not alone and not columns.feedback and not _labelled(columns):
        if next(layout.sheet.rows(), None) is not None:
            yield Entry(locator=f"sheet {layout.sheet.name}", unused="sheet without dated messages")
        return
    notes = layout.notes if columns.dated else (*layout.notes, _no_date(layout))
    reader = _Reader(layout)
    for row in layout.sheet.rows():
        entry = reader.entry(row, notes)
        if entry is not None:
            notes = ()
            yield entry


class _Reader:
    """Rows to entries, remembering which ids were seen."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._seen: set[str] = set()
        self._repeats: dict[str, int] = {}
        self._progress: dict[str, Progress] = {}

    def entry(self, row: Row, notes: tuple[Problem, ...]) -> Entry | None:
        """The entry of a row, with the table's notes beside it; None for the header."""
        layout, where = self._layout, self._layout.sheet.locator(row.line)
        if row.line == layout.header_line:
            return None
        unused = self._unused(row)
        if unused:
            return Entry(locator=where, unused=unused, problems=notes)
        found, values = list(notes), layout.columns.values(row.cells)
        try:
            records = self._records(row, values, found)
        except RowError as error:
            lost = problem(layout.source, where, error.code, says=str(error), remedy=error.remedy)
            return Entry(locator=where, problems=(*notes, lost))
        return Entry(locator=where, records=records, problems=(*found, *row_notes(layout, row, values)))

    def _unused(self, row: Row) -> str:
        columns = self._layout.columns
        if row.line < self._layout.header_line:
            return "a line above the header"
        if not any(cell.strip() for cell in row.cells):
            return "empty row"
        if not columns.dated:
            return "a message without a date: the table has no column for it"
        if not columns.feedback:
            return "a row without words and without what became of it"
        return ""

    def _records(self, row: Row, values: Mapping[str, str], found: list[Problem]) -> tuple[Record, ...]:
        layout = self._layout
        key = values.get("id", "")
        if layout.last_lines is not None and key:
            progress = self._progress.setdefault(key, Progress())
            return read_event(layout, row, values, key=key, progress=progress)
        moments = read_moments(layout, values)
        if not key:
            key = self._key_of_content(row, values, found)
        elif key in self._seen:
            says = f"the id {key[:40]!r} stands in an earlier row, which was read"
            raise RowError("duplicate_id", says, "leave one of the rows out, or correct the id")
        self._seen.add(key)
        return read_message(layout, row, values, key=key, moments=moments)

    def _key_of_content(self, row: Row, values: Mapping[str, str], found: list[Problem]) -> str:
        layout = self._layout
        digest = content_key(values)
        count = self._repeats[digest] = self._repeats.get(digest, 0) + 1
        if count == 1:
            return digest
        where = layout.sheet.locator(row.line)
        says = f"the same moment and words as an earlier row; kept as number {count}"
        remedy = "leave it out if it is the same message, or add a column of ids"
        found.append(problem(layout.source, where, "repeated_row", says=says, remedy=remedy, lost=False))
        return f"{digest}-{count}"


def _no_date(layout: Layout) -> Problem:
    names = ", ".join(name[:20] for name in layout.columns.header[:6])
    return problem(
        layout.source,
        f"sheet {layout.sheet.name}" if layout.sheet.name else "header",
        "no_date",
        says=f"no column says when a message came in, among: {names}",
        remedy="say which it is (prodops map FILE created=COLUMN), or export the table with its dates",
        lost=False,
    )


def _file_problem(file: SourceFile, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator="file", problems=(problem(file.name, "file", code, says=says, remedy=remedy),))
