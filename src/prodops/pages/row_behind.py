"""One row behind a number: where it can be read again, and the words of its source where they are kept."""

from __future__ import annotations

from datetime import date, datetime

from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Record
from prodops.ledger.rituals import Meeting
from prodops.ledger.schema import record_types, table_name
from prodops.pages.blocks import Cell, Section, Table, Words

LONGEST = 2_000
"""Characters of one field that are shown; the source has the rest."""

KEPT = {
    "note": ("held_on", "title", "form", "words", "items_count"),
    "meeting": ("title", "starts_at", "ends_at", "status", "invited_count"),
    "feedback": (
        "created_at", "channel", "product", "topic", "title", "text", "status", "first_answer_at",
        "decided_at", "decision", "closed_at", "closed_how",
    ),
    "metric_use": ("reads", "kind", "used_at", "minutes"),
    "metric_definition": (
        "name", "title", "registry", "product", "expression", "dataset", "description", "target", "unit",
        "deprecated", "reasons",
    ),
    "launch": ("name", "tier", "product", "status", "first_planned_on", "planned_on", "launched_on"),
    "launch_change": ("on", "kind", "subject", "before", "after", "words"),
    "roadmap_entry": ("item", "area", "stage", "entered_at", "issue_key", "words"),
    "agent_output": ("agent", "model", "written_at", "words"),
    "output_review": ("agent", "reviewed_at", "verdict", "defects_count", "rework_minutes", "words"),
}  # fmt: skip
"""What is shown of a record, by its table: never who."""

WRITTEN = {
    "feedback": ("title", "text"),
    "launch_change": ("words",),
    "roadmap_entry": ("words",),
    "agent_output": ("words",),
    "output_review": ("words",),
}
"""Fields that hold what somebody wrote in words. Not everybody who reads pages reads these: they may speak of
customers and colleagues, and the search leaves them out."""

_ITEMS = """
select i.position, i.title,
    case when i.decided then 'decided' when i.acted then 'an action' else 'neither' end as came_of_it
from note_item i
where i.note = $id
order by i.position, i.id
limit 100
"""


def row_behind(ledger: Ledger, table: str, key: str) -> tuple[Section, ...] | None:
    """A record as it was read; None where there is none that may be shown.

    Args:
        ledger: Where it is.
        table: Its type as a table.
        key: Its id.
    """
    kind = {table_name(one): one for one in record_types()}.get(table)
    record = next(iter(ledger.records(kind, [key])), None) if kind is not None and table in KEPT else None
    if record is None:
        return None
    place = Words(f"{record.cite.source}, {record.cite.locator}", "strong")
    how = Words("The file as it was loaded has it there; what was read from it stands below.", "quiet")
    written = WRITTEN.get(table, ())
    facts = tuple(name for name in KEPT[table] if name not in written)
    read = _table(record, facts, "Each field as it was read; who it speaks of is left out")
    said = _table(record, written, "What was written, as it was read")
    return (
        Section("Where it can be read again", (place, how)),
        Section("As it was read", (read,)),
        *((Section("In words", (said,), words=True),) if said.rows else ()),
        *(_items(ledger, key) if table == "note" else ()),
    )


def _table(record: Record, names: tuple[str, ...], caption: str) -> Table:
    return Table(caption, ("Field", "As read"), tuple(_fields(record, names)))


def _fields(record: Record, names: tuple[str, ...]) -> list[tuple[Cell, ...]]:
    private = isinstance(record, Meeting) and record.private
    shown = [(name, _said(getattr(record, name))) for name in names if not (private and name == "title")]
    return [(name.replace("_", " "), said) for name, said in shown if said]


def _said(value: object) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, date):
        return value.isoformat()
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} (and {len(text) - LONGEST:,} more characters)"


def _items(ledger: Ledger, key: str) -> tuple[Section, ...]:
    """What minutes hold, item by item, with what was read to have come of each."""
    items = tuple(
        (int(position), str(title), str(came)) for position, title, came in ledger.sql(_ITEMS, {"id": key})
    )
    if not items:
        return ()
    table = Table("Items of these minutes", ("Place", "Item", "What came of it, as read"), items)
    return (Section("What was on it", (table,), words=True),)
