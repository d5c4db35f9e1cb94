"""Rows of tables about tools to tools, seats and payments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from prodops.connectors.tool_list.columns import SEATS, SPEND, TOOLS, like_seats, like_spend, like_tools
from prodops.ledger.reading import HEAD_BYTES, Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId, person_id
from prodops.ledger.tooling import Seat, Tool, ToolSpend
from prodops.text.moments import MomentError, parse_day
from prodops.text.named_tables import Headed, find_table
from prodops.text.numbers import NumberError, parse_number

COVERS: Literal["snapshot", "increment"] = "snapshot"

_WORKBOOK = b"PK\x03\x04"
_SAFE = re.compile(r"[^\w.\-]+")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "none", "never", "tbd"})
_KINDS: Final = (
    ("seats", SEATS, like_seats),
    ("spend", SPEND, like_spend),
    ("tools", TOOLS, like_tools),
)


@dataclass(slots=True)
class _Row:
    """A row while it is read.

    Attributes:
        file: The file.
        locator: Its place.
        cells: What its fields say.
        notes: What was wrong with it.
    """

    file: SourceFile
    locator: str
    cells: Mapping[str, str]
    notes: list[Problem] = field(default_factory=list)

    @property
    def cite(self) -> Citation:
        """Where it can be read again."""
        return Citation(self.file.name, self.locator)

    def text(self, name: str) -> str:
        """What a field says; nothing where it says that there is nothing."""
        said = self.cells.get(name, "")
        return "" if said.casefold() in _NOTHING else said

    def day(self, name: str) -> date | None:
        """A field's day; one that cannot be read is told and left out."""
        written = self.text(name)
        month = _MONTH.fullmatch(written)
        if not written:
            return None
        try:
            return parse_day(f"{month[1]}-{int(month[2]):02d}-01" if month else written)
        except MomentError as error:
            self._note("bad_date", f"{name}: {error}", "mend the date")
            return None

    def count(self, name: str) -> int | None:
        """A field's whole number; one that cannot be read is told and left out."""
        written = self.text(name)
        if not written:
            return None
        try:
            return round(parse_number(written))
        except NumberError as error:
            self._note("bad_number", f"{name}: {error}", "mend the number")
            return None

    def money(self, name: str) -> str:
        """A field's sum with its currency; one that cannot be read is told and left out."""
        written = self.text(name)
        if not written:
            return ""
        try:
            return f"{parse_number(written):.2f} {self.text('currency')}".strip()
        except NumberError as error:
            self._note("bad_number", f"{name}: {error}", "mend the sum")
            return ""

    def _note(self, code: str, says: str, remedy: str) -> None:
        self.notes.append(
            problem(self.file.name, self.locator, code, says=says[:160], remedy=remedy, lost=False)
        )


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is one of the three tables, by the header."""
    content = file.content if file.content.startswith(_WORKBOOK) else file.content[:HEAD_BYTES]
    found = _find(content, file.hints)
    return found[1].sure if found else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each row: a tool, a seat or a payment."""
    found = _find(file.content, file.hints)
    if found is None:
        says = "no columns of a list of tools: tool, seats, renewal"
        yield _lost(file, "file", "no_columns", says, "export the list as a table with these columns")
        return
    kind, table = found
    seen: Counter[str] = Counter()
    for row in table.rows:
        one = _Row(file, f"{table.place} {row.line}", table.cells(row))
        if row.fault:
            yield _lost(file, one.locator, "bad_row", row.fault, "export the table again")
        elif not one.cells:
            yield Entry(locator=one.locator, unused="empty row")
        elif not one.text("tool"):
            yield _lost(file, one.locator, "no_tool", "the row names no tool", "name it, or drop the row")
        else:
            yield _entry(one, kind, seen)


def _find(content: bytes, hints: Mapping[str, str]) -> tuple[str, Headed] | None:
    found = [(kind, find_table(content, names, like, hints)) for kind, names, like in _KINDS]
    known = [(kind, table) for kind, table in found if table is not None]
    return max(known, key=lambda one: one[1].sure, default=None)


def _entry(row: _Row, kind: str, seen: Counter[str]) -> Entry:
    record = _MAKERS[kind](row)
    if record is None:
        says, remedy = "the payment has no readable month or sum", "mend the row"
        return _lost(row.file, row.locator, "bad_payment", says, remedy)
    seen[record.id] += 1
    if seen[record.id] > 1:
        says = f"{record.id.rpartition(':')[2][:60]!r} stands above; the first is kept"
        return _lost(row.file, row.locator, "duplicate_id", says, "nothing, if the two are alike")
    return Entry(locator=row.locator, records=(record,), problems=tuple(row.notes))


def _tool(row: _Row) -> Tool:
    return Tool(
        id=RecordId(f"tool_list:tool:{_key(row.text('tool'))}"),
        cite=row.cite,
        name=row.text("tool"),
        owner=row.text("owner"),
        purpose=Prose(row.text("purpose")),
        seats_paid=row.count("seats_paid"),
        seats_used=row.count("seats_used"),
        renews_on=row.day("renews"),
        status=row.text("status"),
        yearly_price=row.money("price"),
    )


def _seat(row: _Row) -> Seat:
    person = person_id(row.text("person")) if row.text("person") else None
    holder = person.removeprefix("person:") if person else f"free-{row.locator.rpartition(' ')[2]}"
    return Seat(
        id=RecordId(f"tool_list:seat:{_key(row.text('tool'))}:{holder}"),
        cite=row.cite,
        tool=row.text("tool"),
        person=person,
        given_on=row.day("given"),
        last_used_on=row.day("used"),
        observed_until=row.day("until"),
    )


def _payment(row: _Row) -> ToolSpend | None:
    month, paid = row.day("month"), row.money("amount")
    if month is None or not paid:
        return None
    return ToolSpend(
        id=RecordId(f"tool_list:spend:{_key(row.text('tool'))}:{month:%Y-%m}"),
        cite=row.cite,
        tool=row.text("tool"),
        month=month.replace(day=1),
        paid=paid,
    )


_MAKERS: Final[Mapping[str, Callable[[_Row], Tool | Seat | ToolSpend | None]]] = {
    "tools": _tool,
    "seats": _seat,
    "spend": _payment,
}


def _key(name: str) -> str:
    return _SAFE.sub("-", name[:120]).strip("-").lower()


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
