"""What was done, in a sentence for people, with the page that shows it and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from types import ModuleType
from urllib.parse import quote

from prodops.impact.trials import key_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.record import Declared
from prodops.ledger.schema import table_name
from prodops.serve.shown.lines import harmless

KINDS = {
    "intervention": "change", "other_event": "event",
    "decision_question": "question", "decision_outcome": "what became of a decision", "campaign": "asked",
}  # fmt: skip
"""What records are called, where their own name says little."""


def done_of(unit: ModuleType, records: Sequence[Declared], *, undo: bool) -> str:
    """What was done.

    Args:
        unit: The action's module.
        records: What was declared.
        undo: Whether something was taken back.
    """
    if undo:
        return f"Taken back ({unit.DEED.title.casefold()}). The log keeps both."
    first = records[0]
    words = {one.name: _word(getattr(first, one.name)) for one in fields(first)}
    return harmless(str(unit.DEED.done).format_map(words))


def place_of(unit: ModuleType, records: Sequence[Declared]) -> str:
    """The address, without its first slash, of what shows a deed: the document on its one thing, or a page.

    Args:
        unit: The action's module.
        records: What was declared.
    """
    first = records[0]
    words = {one.name: quote(str(getattr(first, one.name)), safe="") for one in fields(first)}
    words |= {"key": quote(key_of(first), safe="")} if isinstance(first, Intervention) else {}
    return str(unit.DEED.about).format_map(words) if unit.DEED.about else str(unit.DEED.page)


def undo_values(unit: ModuleType, records: Sequence[Declared]) -> dict[str, object]:
    """What takes back what was declared, by field of `undo`.

    Args:
        unit: The action's module.
        records: What was declared.
    """
    return {name: getattr(records[0], attribute) for name, attribute in unit.DEED.undo.items()}


def changed_lines(records: Sequence[Declared]) -> list[str]:
    """What somebody else declared, a line each: the kind of record and what it is about, never who."""
    return [f"{_kind(one)}: {_about(one)}" for one in records]


def _kind(record: Declared) -> str:
    """What a record is called where people read."""
    name = table_name(type(record))
    return KINDS.get(name, name.replace("_", " "))


def _about(record: Declared) -> str:
    for name in ("ritual", "question", "name", "says", "words", "decision"):
        value = getattr(record, name, "")
        if value:
            stance = getattr(record, "stance", "")
            return harmless(f"{value}{f', {stance}' if stance else ''}", longest=120)
    return harmless(str(record.id), longest=120)


def _word(value: object) -> str:
    if isinstance(value, tuple):
        more = len(value) - 3
        return ", ".join(map(str, value[:3])) + (f" and {more:,} more" if more > 0 else "")
    return "" if value is None else str(value).rstrip(".")
