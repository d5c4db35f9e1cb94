"""Rules 1 and 5: records never change, each says what its fields mean, and the glossary knows each."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from house.tree import ROOT, holds
from prodops.ledger.decisions import Intervention
from prodops.ledger.record import Citation, Declared, Observed, Prose, Record, RecordId, person_id
from prodops.ledger.schema import VOCABULARY, record_types

GLOSSARY = ROOT / "docs" / "glossary.md"

WORDS = (
    "record", "observed", "declared", "citation", "ledger", "problem", "source", "connector", "view",
    "measure", "estimate", "metric", "metric contract", "metric trust", "check", "finding", "constraint",
    "diagnosis", "quick win", "operating model", "stance", "ritual", "series", "meeting", "decision",
    "input", "decision quality", "intervention", "effect", "refutation", "operations time",
    "strategy time", "reclaimed time", "signal", "feedback", "theme", "journey", "loop", "issue",
    "release", "launch", "tier", "gate", "readiness", "tool", "seat", "shelfware", "agent", "run",
    "output", "prompt", "prompt version", "review", "vendor case", "policy", "planted pathology",
    "case", "rubric",
)  # fmt: skip
"""The words of the domain that the house was designed with; each keeps one meaning."""

INTERVENTION = {
    "id": RecordId("declared:intervention:1"),
    "cite": Citation("log", "entry 1"),
    "name": Prose("Pause the weekly sync"),
    "target": "hours",
    "expected": Prose("2 hours a week"),
    "starts_on": date(2026, 1, 5),
    "reads_out_on": date(2026, 2, 2),
    "declared_at": datetime(2026, 1, 1, tzinfo=UTC),
    "declared_by": person_id("pat@example.com"),
}


def kinds_of_records() -> list[type[Record]]:
    """Every subclass of Record in the modules of the vocabulary, the two marks apart."""
    found = []
    for name in (*VOCABULARY, "record"):
        for kind in vars(importlib.import_module(f"prodops.ledger.{name}")).values():
            if inspect.isclass(kind) and issubclass(kind, Record) and kind not in found:
                found.append(kind)
    return [kind for kind in found if kind not in (Record, Observed, Declared)]


def untold_fields(kind: type) -> Iterator[str]:
    told = described(inspect.getdoc(kind) or "")
    own = set(inspect.get_annotations(kind))
    for field in dataclasses.fields(kind):
        if field.name in own and field.name not in told:
            yield f"{kind.__name__}.{field.name} is not among its Attributes"
    yield from (f"{kind.__name__} describes {name}, which it has not" for name in told if name not in own)


def described(doc: str) -> list[str]:
    """The names under `Attributes:` of a docstring."""
    _, _, below = doc.partition("Attributes:\n")
    return re.findall(r"^ {4}(\w+): ", below, re.MULTILINE)


def glossary_of_records(text: str) -> list[str]:
    """The record types that the glossary has a row for: those in backticks with a capital."""
    return re.findall(r"^\| `([A-Z]\w+)` \|", text, re.MULTILINE)


def glossary_of_words(text: str) -> set[str]:
    """The words in the first cells of the glossary's rows."""
    cells = re.findall(r"^\| ([a-z][^|]*) \|", text, re.MULTILINE)
    return {word.strip() for cell in cells for word in re.split(r"[,/]", cell)}


def test_a_record_never_changes() -> None:
    loose = [
        kind.__name__
        for kind in kinds_of_records()
        if "__dataclass_params__" not in vars(kind) or not vars(kind)["__dataclass_params__"].frozen
    ]
    holds(
        "Every record type is a frozen dataclass.",
        loose,
        mend="write @dataclass(frozen=True, slots=True, kw_only=True) above it.",
    )


def test_a_record_has_no_room_for_what_its_type_does_not_name() -> None:
    loose = [kind.__name__ for kind in kinds_of_records() if "__slots__" not in vars(kind)]
    holds("Every record type has slots.", loose, mend="write slots=True, kw_only=True above it.")


def test_a_record_is_observed_or_declared() -> None:
    loose = [
        kind.__name__
        for kind in kinds_of_records()
        if issubclass(kind, Observed) == issubclass(kind, Declared)
    ]
    holds(
        "A record is observed or declared.", loose, mend="derive it from Observed or from Declared, not both."
    )


def test_every_field_of_a_record_is_described() -> None:
    holds(
        "The docstring of a record type names every field under Attributes, and no other.",
        [line for kind in kinds_of_records() for line in untold_fields(kind)],
        mend="write `    name: What it holds, with its unit.` under `Attributes:`.",
    )


def test_the_schema_finds_every_record_type() -> None:
    assert sorted(kind.__name__ for kind in kinds_of_records()) == sorted(
        kind.__name__ for kind in record_types()
    )


def test_no_record_type_stands_outside_the_vocabulary() -> None:
    outside = []
    for path in sorted((ROOT / "src" / "prodops" / "ledger").glob("*.py")):
        if path.stem in (*VOCABULARY, "record"):
            continue
        if re.search(
            r"^class \w+\((Observed|Declared|Record)\)", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            outside.append(path.name)
    holds(
        "Record types stand in the modules of the vocabulary.", outside, mend="move the type to its pillar."
    )


def test_the_glossary_has_a_row_for_every_record_type_and_for_no_other() -> None:
    rows, kinds = (
        glossary_of_records(GLOSSARY.read_text(encoding="utf-8")),
        [k.__name__ for k in kinds_of_records()],
    )
    broken = [f"{name} has no row" for name in kinds if name not in rows]
    broken += [f"{name} has a row and is no record type" for name in rows if name not in kinds]
    broken += [f"{name} has two rows" for name in set(rows) if rows.count(name) > 1]
    holds(
        "docs/glossary.md has one row for every record type.",
        broken,
        mend="write `| `Name` | what it is, in one line |` in the table of record types.",
    )


def test_the_glossary_has_the_words_of_the_house() -> None:
    words = glossary_of_words(GLOSSARY.read_text(encoding="utf-8"))
    holds(
        "docs/glossary.md explains the words of the house.",
        [word for word in WORDS if word not in words],
        mend="write `| word | what it means |` in the table of words.",
    )


def test_an_intervention_without_a_finding_is_refused() -> None:
    with pytest.raises(ValueError, match="finding"):
        Intervention(because=(), **INTERVENTION)  # type: ignore[arg-type]  # the fields are of many types
    assert ("RIT01 weekly sync",) == Intervention(because=("RIT01 weekly sync",), **INTERVENTION).because  # type: ignore[arg-type]  # as above


def test_a_field_without_a_description_is_seen() -> None:
    @dataclasses.dataclass(frozen=True)
    class Told:
        """A thing.

        Attributes:
            name: Its name.
            gone: What it had.
        """

        name: str
        age_days: int

    assert ["Told.age_days is not among its Attributes", "Told describes gone, which it has not"] == list(
        untold_fields(Told)
    )


def test_a_glossary_row_is_read() -> None:
    text = "| `Meeting` | one occurrence |\n| ritual, series | what recurs |\n"
    assert ["Meeting"] == glossary_of_records(text)
    assert {"ritual", "series"} == glossary_of_words(text)
    assert Path(GLOSSARY).exists()
