"""A table before its rows are read: where its header is, what its columns mean, how its dates are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from itertools import islice
from types import MappingProxyType

from prodops.connectors.feedback_table.columns import MOST_COLUMNS, Columns, map_columns
from prodops.connectors.feedback_table.moments import OrderTally, in_all, is_moment, is_naive
from prodops.connectors.feedback_table.names import DATE_FIELDS
from prodops.ledger.reading import Problem, SourceFile, problem
from prodops.text.decoding import decode, looks_binary
from prodops.text.tables import Row, WorkbookError, read_table, read_workbook
from prodops.text.words import normal_title
from prodops.text.zones import find_zone

_LINE_END = re.compile(r"[\r\n]")
_LONGEST_FIRST_LINE = 1_000_000
_HEADER_SOUGHT_ROWS = 10
_SAMPLE_ROWS = 200
_EVENTS_A_MESSAGE = 1.2
"""With more rows than this for each id, and a column of changes, the table is a log of events."""


class TableError(ValueError):
    """A file that holds no readable table; `code` and `remedy` as a problem has them."""

    def __init__(self, code: str, says: str, remedy: str) -> None:
        super().__init__(says)
        self.code = code
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file.

    Attributes:
        name: The sheet's name; empty for text.
        rows: Gives the rows anew at every call.
        lossy: How many bytes could not be read as text.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    lossy: int = 0

    def locator(self, line: int) -> str:
        """Where a row is, as a citation has it."""
        return f"sheet {self.name}, row {line}" if self.name else f"line {line}"


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read the rows of one table.

    Attributes:
        source: The file's name.
        sheet: The table.
        columns: What its columns mean.
        header_line: The line of the header; rows above it are no data.
        day_first: For each date field whether its numeric dates are day first.
        zone: The zone of times that name none.
        last_lines: For an event log, the last line of each id; None when a row is a message.
        notes: What the user should know about the table as a whole; nothing is lost by it.
        channel: The channel of rows that name none: what the file is called, without its date.
    """

    source: str
    sheet: Sheet
    columns: Columns
    header_line: int
    day_first: Mapping[str, bool]
    zone: tzinfo
    last_lines: Mapping[str, int] | None
    notes: tuple[Problem, ...]
    channel: str


def sheets_of(file: SourceFile) -> list[Sheet]:
    """The tables of a file: one for text, one a sheet for a workbook.

    Raises:
        TableError: The file is empty, binary, a damaged workbook, or begins with a gigantic line.
    """
    if not file.content.strip():
        raise TableError("empty_file", "the file is empty", "export it again")
    if is_workbook(file.content):
        try:
            book = read_workbook(file.content)
        except WorkbookError as error:
            raise TableError(
                "bad_workbook", str(error), "open it, save it as XLSX or CSV, and add that"
            ) from error
        return [Sheet(name, rows.__iter__) for name, rows in book.items()]
    if looks_binary(file.content):
        raise TableError("binary", "the file is not text and not a workbook", "export it as CSV or XLSX")
    decoded = decode(file.content)
    if len(decoded.text) > _LONGEST_FIRST_LINE and not _LINE_END.search(decoded.text, 0, _LONGEST_FIRST_LINE):
        says = f"the first line is longer than {_LONGEST_FIRST_LINE:,} characters: that is no header"
        raise TableError("gigantic_line", says, "export the table again, with a row on each line")
    return [Sheet("", lambda: read_table(decoded.text), decoded.replaced)]


def header_of(file: SourceFile) -> tuple[str, ...]:
    """The header of the file's first table, as a column map is remembered for it; empty for what is none."""
    try:
        sheets = sheets_of(file)
    except TableError:
        return ()
    for sheet in sheets:
        line, columns = find_columns(list(islice(sheet.rows(), _SAMPLE_ROWS)), file.hints)
        if line:
            return columns.header
    return ()


def is_workbook(content: bytes) -> bool:
    """Whether the bytes start as XLSX, ODS or XLS do."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def find_columns(rows: Sequence[Row], hints: Mapping[str, str]) -> tuple[int, Columns]:
    """The line of the header among the first rows of a table, and what its columns mean.

    Exports may put a title above the header: it is the first row at least half as wide as the widest that
    holds no date and no number; without such a row the first.
    """
    sought = rows[:_HEADER_SOUGHT_ROWS]
    if not sought:
        return 0, map_columns((), (), hints)
    least = max(sum(bool(cell.strip()) for cell in row.cells[:MOST_COLUMNS]) for row in sought) / 2
    at = next((at for at, row in enumerate(sought) if _names_columns(row.cells, least)), 0)
    return rows[at].line, map_columns(rows[at].cells, [row.cells for row in rows[at + 1 :]], hints)


def _names_columns(cells: Sequence[str], least: float) -> bool:
    filled = [cell.strip() for cell in cells[:MOST_COLUMNS] if cell.strip()]
    values = any(cell.replace(".", "").isdigit() or is_moment(cell) for cell in filled)
    return len(filled) >= max(least, 1) and not values


@dataclass(slots=True)
class _Survey:
    """What one pass over all rows says about a table."""

    orders: dict[str, OrderTally] = field(default_factory=dict)
    naive: set[str] = field(default_factory=set)
    last_lines: dict[str, int] = field(default_factory=dict)
    keyed_rows: int = 0


def lay_out(source: str, sheet: Sheet, hints: Mapping[str, str]) -> Layout:
    """Find the header and settle, over all rows, how the dates are written and whether it is an event log."""
    header_line, columns = find_columns(list(islice(sheet.rows(), _SAMPLE_ROWS)), hints)
    survey = _survey(sheet, columns, header_line)
    told, table = hints.get("date_order", ""), in_all(survey.orders.values())
    zone = find_zone(hints["time_zone"]) if "time_zone" in hints else None
    is_log = survey.keyed_rows > _EVENTS_A_MESSAGE * len(survey.last_lines) > 0
    return Layout(
        source,
        sheet,
        columns,
        header_line,
        day_first=MappingProxyType(
            {name: tally.settle(told, table) for name, tally in survey.orders.items()}
        ),
        zone=zone or UTC,
        last_lines=survey.last_lines if is_log else None,
        notes=tuple(_notes(source, sheet, columns, survey, hints)),
        channel=_channel(source),
    )


def _channel(source: str) -> str:
    """`exports/support-2021-03.csv` is "support"; a file named by a date alone is called after its folder."""
    *folders, last = source.replace("!/", "/").split("/")
    stem = last.rpartition(".")[0] or last
    for name in (stem, *reversed(folders)):
        title = normal_title(re.sub(r"-+(?=\D)", " ", name.replace("_", "-")))
        if any(character.isalpha() for character in title):
            return title
    return "table"


def _survey(sheet: Sheet, columns: Columns, header_line: int) -> _Survey:
    survey = _Survey({name: OrderTally() for name in DATE_FIELDS if name in columns.places})
    keyed = "id" in columns.places and "updated" in columns.places
    for seen, row in enumerate(row for row in sheet.rows() if row.line > header_line):
        for name, tally in survey.orders.items():
            cell = columns.cell(row.cells, name)
            tally.see(cell)
            if seen < _SAMPLE_ROWS and name not in survey.naive and is_naive(cell):
                survey.naive.add(name)
        key = columns.cell(row.cells, "id") if keyed else ""
        if key:
            survey.keyed_rows += 1
            survey.last_lines[key] = row.line
    return survey


def _notes(
    source: str, sheet: Sheet, columns: Columns, survey: _Survey, hints: Mapping[str, str]
) -> Iterator[Problem]:
    def note(code: str, says: str, remedy: str) -> Problem:
        where = f"sheet {sheet.name}" if sheet.name else "header"
        return problem(source, where, code, says=says, remedy=remedy, lost=False)

    for name in columns.unknown_hints:
        wanted = hints[name][:40]
        yield note(
            "unknown_column", f"no column {wanted!r} for {name}", "correct the column map of this header"
        )
    table = in_all(survey.orders.values())
    for name, tally in survey.orders.items() if "date_order" not in hints else ():
        column = columns.header[columns.places[name]][:40]
        read = "day" if tally.settle("", table) else "month"
        if tally.doubtful(table):
            says = f"nothing says whether the dates of {column!r} are day first: read as {read} first"
            yield note("ambiguous_dates", says, "export it with the year first, or map date_order=day_first")
        elif tally.mixed:
            says = f"{column!r} mixes day-first and month-first dates: doubtful ones are read as {read} first"
            yield note("mixed_dates", says, "export the column with the year first")
    if survey.naive and "time_zone" not in hints:
        named = ", ".join(sorted(columns.header[columns.places[name]][:30] for name in survey.naive))
        says = f"times without a zone, read as UTC: {named}"
        yield note("naive_times", says, "export the times with their zone, or map time_zone=Europe/Berlin")
    elif hints.get("time_zone") and find_zone(hints["time_zone"]) is None:
        says = f"unknown time zone {hints['time_zone'][:40]!r}: UTC is used"
        yield note("unknown_zone", says, "name it as in the tz database: Europe/Berlin")
    if sheet.lossy:
        yield note("undecodable", f"{sheet.lossy} bytes could not be read as text", "export it as UTF-8")
