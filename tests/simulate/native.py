"""Reads what the simulator wrote as `prodops add` would: by the connector that is surest of a file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from prodops import connectors
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import Record
from prodops.simulate.world import World

LIKELY = 0.5


@cache
def parsers() -> dict[str, Any]:
    """The parser of every connector."""
    return {
        unit.name: importlib.import_module(f"{connectors.__name__}.{unit.name}.parse")
        for unit in pkgutil.iter_modules(connectors.__path__)
        if unit.ispkg
    }


def source(name: str, text: str | Iterable[str]) -> SourceFile:
    """A file as a connector sees it."""
    return SourceFile(name=name, content="".join(text).encode())


def connector_of(file: SourceFile) -> str:
    """The connector that is surest of a file; empty when none is sure or two are equally so."""
    likely = sorted(((parser.recognises(file), name) for name, parser in parsers().items()), reverse=True)
    sure = likely[0][0] >= LIKELY and likely[0][0] > likely[1][0]
    return likely[0][1] if sure else ""


def read(file: SourceFile) -> tuple[str, list[Entry]]:
    """The connector of a file and the entries it gave."""
    name = connector_of(file)
    assert name, f"nobody recognises {file.name}"
    return name, list(parsers()[name].parse(file))


def records(files: Iterable[SourceFile]) -> list[Record]:
    """The records of files, each read by its own connector."""
    return [record for file in files for entry in read(file)[1] for record in entry.records]


def problems(files: Iterable[SourceFile]) -> list[str]:
    """What was wrong with the files, in words."""
    return [f"{p.cite}: {p.says}" for file in files for entry in read(file)[1] for p in entry.problems]


def ledger(found: Iterable[Record], world: World) -> Ledger:
    """A ledger seen from the day of the export."""
    return Ledger.of(found, today=datetime.fromtimestamp(world.period.exported_at * 60, UTC))
