"""The form of an action: its fields as they are shown, filled in, with choices and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from prodops.actions.deed import Field, fields_of, name_of_deed, undo_fields_of
from prodops.ledger.ledger import Ledger
from prodops.serve.deeds.choices import Choice, Choices
from prodops.serve.deeds.reading import LONGEST, LONGEST_LINE

PICKED = frozenset({"ritual", "decision", "question", "trial", "sample", "measure"})
"""What is chosen from a list and not written anew."""

AT_ONCE = 8
"""Choices that are shown at once where several can be taken; the others open on demand."""

Written = Mapping[str, Sequence[str]]
"""What was written into each field, as a form sends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One field as it is shown.

    Attributes:
        field: The field.
        widget: line, lines, day, pick, ticks, radios, yes, tick or suggest; none where there is nothing to
            choose.
        choices: What can be chosen.
        values: What is written into it.
        wrong: What is wrong with it; empty when nothing is.
    """

    field: Field
    widget: str
    choices: tuple[Choice, ...]
    values: tuple[str, ...]
    wrong: str = ""

    @property
    def value(self) -> str:
        """What is written into it, as one text."""
        return "\n".join(self.values)

    @property
    def longest(self) -> int:
        """How many characters it takes."""
        return LONGEST if self.widget == "lines" else LONGEST_LINE

    @property
    def first(self) -> tuple[Choice, ...]:
        """The choices that are shown at once: those that are taken, or the first where none is."""
        chosen = tuple(one for one in self.choices if one.value in self.values)
        return chosen or self.choices[:AT_ONCE]

    @property
    def others(self) -> tuple[Choice, ...]:
        """The choices that open on demand."""
        return tuple(one for one in self.choices if one not in self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of an action.

    Attributes:
        name: The action.
        inputs: The fields that most people fill in.
        rare: Those that most leave out.
        undo: Whether it takes the action back.
    """

    name: str
    inputs: tuple[Input, ...]
    rare: tuple[Input, ...]
    undo: bool

    @property
    def open(self) -> bool:
        """Whether something is written into a field that most leave out, or is wrong with it."""
        return any(one.values or one.wrong for one in self.rare)


def form_of(
    unit: ModuleType, ledger: Ledger, choices: Choices, written: Written, *,
    wrong: Mapping[str, str], undo: bool = False,
) -> Form:  # fmt: skip
    """The form of an action.

    Args:
        unit: The action's module.
        ledger: Where choices are looked up.
        choices: Looks them up.
        written: What was written into it so far.
        wrong: What is wrong with a field.
        undo: Whether it takes the action back.
    """
    known = undo_fields_of(unit) if undo else fields_of(unit)
    first = {name: values[0] for name, values in written.items() if values}
    inputs = [
        _input(
            one,
            written.get(one.name, ()),
            choices.of(ledger, one.ask.of, first) if one.ask.of else (),
            wrong.get(one.name, ""),
            alone=one.ask.of == "finding" and bool(first.get("ritual")),
        )
        for one in known
    ]
    return Form(
        name=name_of_deed(unit),
        inputs=tuple(one for one in inputs if not one.field.ask.rare),
        rare=tuple(one for one in inputs if one.field.ask.rare),
        undo=undo,
    )


def _input(
    field: Field, values: Sequence[str], found: tuple[Choice, ...], wrong: str, *, alone: bool
) -> Input:
    """One field with what is written into it and what the ledger offers; what it offers alone, if told so."""
    kept = tuple(one for one in values if one.strip())
    offered = tuple(Choice(one, one) for one in field.ask.choices) or found
    widget = "none" if alone and not offered and not kept else _widget(field, offered)
    if widget in ("pick", "ticks"):
        known = {one.value for one in offered}
        offered = (
            *(Choice(one, one) for one in kept if one not in known and not _same(one, offered)),
            *offered,
        )
        kept = tuple(_same(one, offered) or one for one in kept)
    return Input(field=field, widget=widget, choices=offered, values=kept, wrong=wrong)


def _several(field: Field, offered: Sequence[Choice]) -> str:
    """Where several can be written: a list to tick, unless one is meant or nothing is known."""
    if not offered:
        return "lines"
    return "pick" if field.ask.of in PICKED else "ticks"


def _same(written: str, offered: Sequence[Choice]) -> str:
    """The choice that somebody means who wrote its words, or its code without the subject."""
    for one in offered:
        if written in (one.value, one.says):
            return one.value
    return ""


def _widget(field: Field, offered: Sequence[Choice]) -> str:
    if field.kind in ("texts", "pieces"):
        return _several(field, offered)
    if field.kind in ("day", "yes"):
        return field.kind
    if field.kind == "flag":
        return "tick"
    if field.ask.choices:
        return "radios"
    if offered:
        return "pick" if field.ask.of in PICKED else "suggest"
    return "lines" if field.ask.long else "line"
