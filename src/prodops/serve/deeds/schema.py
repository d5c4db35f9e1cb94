"""An action as JSON Schema: what programs send, what an agent's tool takes, what the reference shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from prodops.actions import units
from prodops.actions.deciding import KINDS
from prodops.actions.deed import Field, Kind, fields_of, name_of_deed, sentence_of, undo_fields_of
from prodops.serve.deeds.reading import LONGEST, LONGEST_LINE, MOST_COUNT, MOST_NUMBER, MOST_TEXTS

Schema = dict[str, Any]

_CONTROLS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f"
TEXT = f"^[^{_CONTROLS}]*$"
"""Any text: no controls but tabs and ends of lines."""

SAYS = rf"^[^{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$"
"""A text that is not empty."""

PIECE = rf"^({'|'.join(KINDS)}): ?[^{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$"
"""A piece of evidence begins with its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """An action as an agent is offered it.

    Attributes:
        name: Its name.
        description: What it does, for whom, and how it is taken back.
        schema: What it takes.
    """

    name: str
    description: str
    schema: Schema


def tools() -> tuple[Tool, ...]:
    """Every action as a tool."""
    return tuple(
        Tool(name=name, description=f"{sentence_of(unit)} {_back(unit)}", schema=schema_of(unit))
        for name, unit in units().items()
    )


def schema_of(unit: ModuleType, *, undo: bool = False) -> Schema:
    """What an action takes.

    Args:
        unit: The action's module.
        undo: Whether it is taken back.
    """
    fields = undo_fields_of(unit) if undo else fields_of(unit)
    return {
        "type": "object",
        "title": f"{name_of_deed(unit)}{'_undo' if undo else ''}",
        "properties": {one.name: _property(one) for one in fields},
        "required": [one.name for one in fields if one.needed],
        "additionalProperties": False,
    }


def example_of(unit: ModuleType, *, undo: bool = False) -> dict[str, object]:
    """What could be sent to it.

    Args:
        unit: The action's module.
        undo: Whether it is taken back.
    """
    fields: Sequence[Field] = undo_fields_of(unit) if undo else fields_of(unit)
    return {one.name: one.ask.example for one in fields if one.ask.example is not None}


def _back(unit: ModuleType) -> str:
    return str(unit.DEED.final) or "It can be taken back; the log keeps both."


def _property(field: Field) -> Schema:
    found: Schema = {"title": field.ask.label, "description": field.says, **_TYPES[field.kind](field)}
    if field.ask.example is not None:
        found["examples"] = [field.ask.example]
    return found


def _text(field: Field) -> Schema:
    if field.ask.choices:
        return {"type": "string", "enum": list(field.ask.choices)}
    longest = LONGEST if field.ask.long else LONGEST_LINE
    if field.needed:
        return {"type": "string", "minLength": 1, "maxLength": longest, "pattern": SAYS}
    return {"type": "string", "maxLength": longest, "pattern": TEXT}


def _list(field: Field, item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": int(field.needed), "maxItems": MOST_TEXTS}


_TYPES: dict[Kind, Callable[[Field], Schema]] = {
    "text": _text,
    "day": lambda _: {"type": "string", "format": "date"},
    "count": lambda _: {"type": "integer", "minimum": 0, "maximum": MOST_COUNT},
    "number": lambda _: {"type": "number", "minimum": -MOST_NUMBER, "maximum": MOST_NUMBER},
    "yes": lambda _: {"type": "boolean"},
    "flag": lambda _: {"type": "boolean"},
    "texts": lambda field: _list(
        field, {"type": "string", "minLength": 1, "maxLength": LONGEST_LINE, "pattern": SAYS}
    ),
    "pieces": lambda field: _list(field, {"type": "string", "maxLength": LONGEST, "pattern": PIECE}),
}
