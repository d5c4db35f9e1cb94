"""The shortest way through a refusal: the command that its sentence names, as a form that is filled in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from urllib.parse import urlencode

from prodops.actions import units
from prodops.actions.deed import Field, fields_of, name_of_deed, spelt

Values = Mapping[str, object]

COMMAND = re.compile(r"""prodops(?: (?:"[^"\n]*"|'[^'\n]*'|-{0,2}[\w:/*-]+(?:\.[\w:/-]+)*))+""")
"""A command inside a sentence: words up to its end or its next mark."""

FLAG = re.compile(r"""(?<![\w-])--([a-z][a-z-]+)(?: ("[^"]*"|[\w.:/-]+))?""")

WORD_OF_NOBODY = re.compile(r"[A-Z]{2,}$")
"""A word that stands for what somebody has to say: NAME, OPTION, DAY."""

PAGES = {
    "show": "", "diagnose": "/diagnosis", "add": "/begin", "try list": "/proof",
    "decisions list": "/decisions", "decisions show": "/decisions", "stance campaign": "/operating-model",
    "proof": "/proof", "label": "/label",
}  # fmt: skip
"""Commands that show something, with the page that shows the same."""

MEANT_BY = {"reviewed-by": "evidence", "data": "evidence", "customer": "evidence", "intuition": "evidence"}
"""Options of commands that are a part of another field."""

POSITIONS = {"set_stance": ("ritual", "stance"), "declare_purpose": ("ritual", "purpose")}
"""Words of commands that stand in their place, where that is more than the first field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way through.

    Attributes:
        title: What it does, as a link says it.
        href: Where it is done.
        action: The action; empty where something is only looked at.
        fields: What is filled in.
        undo: Whether it takes something back.
        command: The command that does it.
    """

    title: str
    href: str
    action: str = ""
    fields: Values
    undo: bool = False
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What speaks against an action.

    Attributes:
        says: The sentence as it was said, commands and all.
        shown: The same for a page: fields under their labels, without the command.
        field: The field it is about; empty where that is not one alone.
        ways: What would do, the shortest first.
    """

    says: str
    shown: str
    field: str
    ways: tuple[Way, ...]


def address_of(name: str, values: Values) -> str:
    """The form of an action with fields filled in.

    Args:
        name: The action.
        values: Values by field; texts, or several.
    """
    said = {
        key: [str(one) for one in value] if isinstance(value, (list, tuple)) else str(value)
        for key, value in values.items()
    }
    return f"/act/{spelt(name)}" + (f"?{urlencode(said, doseq=True)}" if said else "")


def objection_of(unit: ModuleType, said: str, written: Values) -> Objection:
    """A refusal's sentence with what would do.

    Args:
        unit: The action that was refused.
        said: The sentence.
        written: What was written into its fields, as text.
    """
    commands = tuple(filter(None, (_way_of(one) for one in COMMAND.findall(said))))
    bare = COMMAND.sub("", said)
    flags = _flags(unit, bare)
    ways = commands or tuple(_mended(unit, flags, written))
    named = [field.name for field, _ in flags]
    missing = [name for name, _ in _mentioned(unit, commands) if not written.get(name)]
    return Objection(says=said, shown=_for_a_page(unit, bare), field=(named or missing or [""])[0], ways=ways)


def _way_of(command: str) -> Way | None:
    """Where the same is done that a command does; None for one that no page does."""
    try:
        words = shlex.split(command)[1:]
    except ValueError:
        return None
    for length in (3, 2, 1):
        start = " ".join(words[:length])
        if len(words) < length:
            continue
        for unit in _by_shortcut(start):
            return _filled(unit, words[length:], command)
        if start in PAGES:
            rest = [one for one in words[length:] if not one.startswith("-")]
            href = PAGES[start] or f"/{rest[0] if rest else 'brief'}"
            return Way(
                title=f"See {href.strip('/').replace('-', ' ')}", href=href, fields={}, command=command
            )
    if words[:1] == ["stance"]:
        return _filled(units()["set_stance"], words[1:], command)
    return None


def _by_shortcut(words: str) -> list[ModuleType]:
    found = [unit for unit in units().values() if unit.DEED.shortcut == words]
    return [] if words == "label" else sorted(found, key=lambda one: -len(one.DEED.asks))[:1]


def _filled(unit: ModuleType, words: Sequence[str], command: str) -> Way:
    """An action with what the words of its command say."""
    fields = fields_of(unit)
    name, undo = name_of_deed(unit), "--undo" in words
    positions = list(POSITIONS.get(name, (fields[0].name,) if fields else ()))
    by_flag = {one.flag: one for one in fields}
    said: dict[str, list[str]] = {}
    rest = iter(words)
    for word in rest:
        if word == "--undo":
            continue
        if word.startswith("--"):
            value = next(rest, "")
            if word in by_flag and value and not WORD_OF_NOBODY.match(value):
                said.setdefault(by_flag[word].name, []).append(value)
        elif positions and not WORD_OF_NOBODY.match(word):
            said.setdefault(positions.pop(0), []).append(word)
    flat: dict[str, object] = {key: values if len(values) > 1 else values[0] for key, values in said.items()}
    return Way(
        title=_title(unit, flat, undo=undo), action=name, fields=flat, undo=undo,
        command=command, href=address_of(name, flat | ({"undo": "yes"} if undo else {})),
    )  # fmt: skip


def _title(unit: ModuleType, said: Values, *, undo: bool) -> str:
    """What a link says that leads to an action with some fields filled in."""
    words = ", ".join(str(one) for value in said.values() for one in _several(value))
    title = f"Take it back ({unit.DEED.title.casefold()})" if undo else unit.DEED.title
    return f"{title}: {words}" if words else title


def _several(value: object) -> list[str]:
    """A value of a form as several."""
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    return [one for one in str(value or "").splitlines() if one.strip()]


def _flags(unit: ModuleType, said: str) -> list[tuple[Field, str]]:
    """The fields that a sentence names as options, each with the value it proposes."""
    by_flag = {one.flag.removeprefix("--"): one for one in fields_of(unit)}
    by_name = {one.name: one for one in fields_of(unit)}
    found = []
    for flag, value in FLAG.findall(said):
        field = by_flag.get(flag) or by_name.get(MEANT_BY.get(flag, ""))
        if field is not None:
            found.append((field, value.strip('"')))
    return found


def _mended(unit: ModuleType, flags: Sequence[tuple[Field, str]], written: Values) -> Iterator[Way]:
    """The same action with what the sentence proposes, where it proposes something that can be taken."""
    told: dict[str, object] = {
        field.name: value
        for field, value in flags
        if value and not WORD_OF_NOBODY.match(value)
        if value[0].isdigit() or value in field.ask.choices or field.kind == "texts"
    }
    for field, _ in flags:
        if field.name in told and field.kind == "texts":
            told[field.name] = [*_several(written.get(field.name)), str(told[field.name])]
    if told:
        kept = {name: value for name, value in written.items() if value}
        labels = ", ".join(f"{field.ask.label} {value}" for field, value in flags if field.name in told)
        yield Way(
            title=f"Fill in: {labels}", action=name_of_deed(unit), fields=kept | told,
            href=address_of(name_of_deed(unit), kept | told),
        )  # fmt: skip


def _mentioned(unit: ModuleType, ways: Sequence[Way]) -> list[tuple[str, object]]:
    """The fields of this action that a way fills in."""
    known = {one.name for one in fields_of(unit)}
    return [
        (name, value) for way in ways if way.action for name, value in way.fields.items() if name in known
    ]


def _for_a_page(unit: ModuleType, said: str) -> str:
    """The sentence with labels in the place of options, and without what led up to a command."""
    labels = {one.flag.removeprefix("--"): one.ask.label for one in fields_of(unit)}
    by_name = {one.name: one.ask.label for one in fields_of(unit)}

    def label(found: re.Match[str]) -> str:
        name = labels.get(found[1]) or by_name.get(MEANT_BY.get(found[1], ""), "")
        value = f" {found[2]}" if found[2] else ""
        return f"“{name}”{value}" if name else found[0]

    text = FLAG.sub(label, said)
    sentences = [one.strip() for one in re.split(r"(?<=[.?!;]) +", re.sub(r"\s+", " ", text)) if one.strip()]
    return " ".join(one for one in sentences if not one.rstrip(".").rstrip().endswith(":")) or sentences[0]
