"""How an action is asked for in every face: declared beside it once, the rest read from what it takes."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from types import MappingProxyType, ModuleType, NoneType, UnionType
from typing import Any, Literal

from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared

Kind = Literal["text", "day", "count", "number", "yes", "flag", "texts", "pieces"]
"""What is written into a field: words, a day, a whole number, a number, yes or no or neither, whether
something is so, several texts, or several pieces of evidence."""

OURS = ("ledger", "at", "by")
"""What every face gives by itself: the records, the moment, and who declares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """How one field is asked for, beyond what the action's own signature and docstring say of it.

    Attributes:
        label: What it is called where people read: "Which ritual?".
        hint: What helps to answer; the docstring's words when empty.
        choices: The words that are known; others are refused.
        of: What the ledger offers to choose from: `ritual`, `finding`, `trial`; other words may be written.
        example: A value that the example organisation accepts; fields without one are left out of examples.
        needed: Whether nothing can be declared without it; as the signature says when None.
        flag: Its option in the hand-made command and so in refusals, where that is not its own name.
        rare: Whether most people leave it out; a form keeps it folded away.
        long: Whether more than a line is written.
        drawn: Whether a face draws it by lot where nobody gives it.
    """

    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    of: str = ""
    example: object = None
    needed: bool | None = None
    flag: str = ""
    rare: bool = False
    long: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """How an action answers a finding.

    Attributes:
        text: What a link says that leads to it.
        fields: What is filled in: the finding it rests on, and what the finding is about.
        place: Where it stands among what else answers the same; the lowest first.
    """

    text: str
    fields: Mapping[str, str]
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What an action is called and where it is offered.

    Attributes:
        title: As a button says it: "Declare a stance".
        done: What is told when it is done; attributes of the first declared record stand in braces.
        asks: How each field is asked for, by the name it has in `propose` or in what `propose` takes.
        role: The least role that may do it.
        offered: Beside what a page offers it: `ritual`, `decision`, `question`, `trial`, `finding`. One
            that is offered beside findings has a function `answering` that says how it answers one, or not.
        given: What a face works out itself and no person writes.
        undo: What `undo` takes, each with the attribute of the first declared record that it is.
        final: Why it cannot be taken back; empty where it can.
        shortcut: The hand-made command that does the same: `stance declare`.
        page: The page that shows what changed.
        about: The document on the one thing that it was done to, which is made at once; attributes of the
            first declared record stand in braces, and `{key}` for the word that a change is asked for by.
    """

    title: str
    done: str
    asks: Mapping[str, Ask]
    role: Literal["contributor", "owner"] = "contributor"
    offered: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    undo: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    final: str = ""
    shortcut: str = ""
    page: str = "decisions"
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an action, as every face asks for it.

    Attributes:
        name: Its name in commands, addresses and JSON.
        kind: What is written into it.
        says: What it means.
        needed: Whether nothing can be declared without it.
        ask: How it is asked for.
        inside: The parameter whose value it is a part of; empty for a parameter of its own.
    """

    name: str
    kind: Kind
    says: str
    needed: bool
    ask: Ask
    inside: str = ""

    @property
    def flag(self) -> str:
        """Its option on a command line."""
        return "--" + (self.ask.flag or self.name).replace("_", "-")


def name_of_deed(unit: ModuleType) -> str:
    """The name of an action: that of its file."""
    return unit.__name__.rpartition(".")[2]


def spelt(name: str) -> str:
    """The name of an action as people type it and as addresses have it: with hyphens."""
    return name.replace("_", "-")


def meant(written: str) -> str:
    """The name of an action that is written with hyphens."""
    return written.replace("-", "_")


def sentence_of(unit: ModuleType) -> str:
    """What an action does, in the one sentence that its file begins with."""
    return str(unit.__doc__ or "").partition("\n")[0]


def fields_of(unit: ModuleType) -> tuple[Field, ...]:
    """What people say to an action, in the order in which they are asked.

    Args:
        unit: The action's module.
    """
    return _fields(unit, "propose")


def undo_fields_of(unit: ModuleType) -> tuple[Field, ...]:
    """What people say to take it back; nothing where it cannot be taken back."""
    return _fields(unit, "undo") if hasattr(unit, "undo") else ()


def proposed(
    unit: ModuleType,
    ledger: Ledger,
    values: Mapping[str, object],
    *,
    at: datetime,
    by: str,
    undo: bool = False,
) -> tuple[Declared, ...]:
    """What an action proposes, or what takes it back.

    Args:
        unit: The action's module.
        ledger: Where it looks things up.
        values: What was said, by field, each of its kind; what is left out takes its default. What the
            action is `given` stands here too.
        at: When it is declared.
        by: Who declares it.
        undo: Whether it is taken back.

    Raises:
        ActionRefusedError: It cannot be proposed, or cannot be taken back at all.
    """
    verb = "undo" if undo else "propose"
    if undo and not hasattr(unit, "undo"):
        raise ActionRefusedError(unit.DEED.final)
    function = getattr(unit, verb)
    said: dict[str, Any] = {}
    parts: dict[str, dict[str, object]] = {name: {} for name, _ in _nested(unit, verb)}
    for one in _fields(unit, verb):
        if one.name in values:
            (parts[one.inside] if one.inside else said)[one.name] = values[one.name]
    said = _nothing_said(unit, verb) | said
    said |= {name: kind(**parts[name]) for name, kind in _nested(unit, verb)}
    said |= {name: values[name] for name in unit.DEED.given if name in values}
    ours = {"ledger": ledger, "at": at, "by": by}
    said |= {name: one for name, one in ours.items() if name in inspect.signature(function).parameters}
    return tuple(function(**said))


def _nothing_said(unit: ModuleType, verb: str) -> dict[str, Any]:
    """What stands for fields that may be left out and have no default of their own."""
    bare = {name for name, _, default in _parameters(unit, verb) if default is inspect.Parameter.empty}
    empty: dict[Kind, object] = {"texts": (), "pieces": (), "text": ""}
    return {one.name: empty.get(one.kind) for one in _fields(unit, verb) if one.name in bare}


def _fields(unit: ModuleType, verb: str) -> tuple[Field, ...]:
    found: list[Field] = []
    nested = dict(_nested(unit, verb))
    function = getattr(unit, verb)
    says = _described(function.__doc__ or "", "Args:")
    for name, kind, default in _parameters(unit, verb):
        if name in nested:
            found += _parts(unit, name, nested[name])
        else:
            found.append(_field(unit, name, kind, default, says.get(name, "")))
    order = list(unit.DEED.asks)
    return tuple(sorted(found, key=lambda one: order.index(one.name)))


def _parts(unit: ModuleType, inside: str, kind: type) -> list[Field]:
    says = _described(kind.__doc__ or "", "Attributes:")
    hints = typing.get_type_hints(kind)
    return [
        dataclasses.replace(
            _field(unit, one.name, hints[one.name], _default(one), says.get(one.name, "")), inside=inside
        )
        for one in dataclasses.fields(kind)
    ]


def _default(one: dataclasses.Field[Any]) -> object:
    bare = one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    return inspect.Parameter.empty if bare else one.default


def _field(unit: ModuleType, name: str, kind: object, default: object, says: str) -> Field:
    ask: Ask = unit.DEED.asks[name]
    needed = default is inspect.Parameter.empty and NoneType not in typing.get_args(kind)
    return Field(
        name=name, kind=_kind_of(kind), says=ask.hint or says, ask=ask,
        needed=needed if ask.needed is None else ask.needed,
    )  # fmt: skip


@cache
def _parameters(unit: ModuleType, verb: str) -> tuple[tuple[str, object, object], ...]:
    """Name, type and default of what people say to a verb."""
    function = getattr(unit, verb)
    hints = typing.get_type_hints(function)
    return tuple(
        (name, hints[name], one.default)
        for name, one in inspect.signature(function).parameters.items()
        if name not in (*OURS, *unit.DEED.given)
    )


def _nested(unit: ModuleType, verb: str) -> tuple[tuple[str, type], ...]:
    """Parameters that are made of several fields."""
    return tuple(
        (name, kind)
        for name, kind, _ in _parameters(unit, verb)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
    )


_KINDS: dict[object, Kind] = {str: "text", date: "day", int: "count", float: "number", bool: "flag"}


def _kind_of(kind: object) -> Kind:
    """The kind of field for a type.

    Raises:
        TypeError: No face asks for such a type.
    """
    inner = [one for one in typing.get_args(kind) if one not in (NoneType, Ellipsis)]
    origin = typing.get_origin(kind)
    if origin in (typing.Union, UnionType) and len(inner) == 1:
        return "yes" if inner == [bool] else _kind_of(inner[0])
    if origin in (tuple, Sequence) and inner == [str]:
        return "texts"
    if origin is tuple and getattr(inner[0], "__name__", "") == "Piece":
        return "pieces"
    if getattr(kind, "__supertype__", None) is str:
        return "text"
    if kind not in _KINDS:
        raise TypeError(f"no face asks for {kind}")
    return _KINDS[kind]


_ENTRY = re.compile(r"^ {4}(?: {4})?(\w+): (.*)$")


def _described(docstring: str, section: str) -> dict[str, str]:
    """What a docstring of Google's style says of each name in one section."""
    lines = inspect.cleandoc(docstring).partition(f"\n{section}\n")[2].splitlines()
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        if not line.strip() or not line.startswith("    "):
            break
        begun = _ENTRY.match(line) if not line.startswith("        ") else None
        if begun:
            name = begun[1]
            found[name] = begun[2].strip()
        elif name:
            found[name] += f" {line.strip()}"
    return found
