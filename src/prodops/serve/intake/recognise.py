"""Ask every connector whether a file is its own; the surest one reads it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol, cast

import prodops.connectors
from prodops.ledger.reading import Entry, SourceFile

SURE_ENOUGH = 0.5


class Parser(Protocol):
    """What every connector's `parse` module offers."""

    COVERS: str

    def recognises(self, file: SourceFile) -> float:
        """How sure the connector is that the file is its own, 0 to 1."""

    def parse(self, file: SourceFile) -> Iterator[Entry]:
        """The file's entries."""


@dataclass(frozen=True, slots=True)
class Connector:
    """A connector as found.

    Attributes:
        name: The name of its folder.
        reads: What it reads, in one line.
        parser: Its `parse` module.
    """

    name: str
    reads: str
    parser: Parser


@cache
def connectors() -> tuple[Connector, ...]:
    """Every connector that has a `parse` module, found by scanning, in the order of their names."""
    found = []
    for unit in pkgutil.iter_modules(prodops.connectors.__path__):
        package = importlib.import_module(f"prodops.connectors.{unit.name}")
        parser = cast("Parser", importlib.import_module(f"prodops.connectors.{unit.name}.parse"))
        reads = (package.__doc__ or "").replace("`", "").strip().rstrip(".")
        found.append(Connector(unit.name, reads, parser))
    return tuple(found)


def recognise(file: SourceFile) -> Connector | None:
    """The connector that is surest of the file, or None when none is sure enough.

    Two that are equally sure are decided by name, so that the answer is always the same.
    """
    sure = [(connector.parser.recognises(file), connector.name, connector) for connector in connectors()]
    best = max(sure, key=lambda one: (one[0], one[1]), default=None)
    return best[2] if best is not None and best[0] >= SURE_ENOUGH else None


def connector_named(name: str) -> Connector:
    """The connector of this name.

    Raises:
        LookupError: There is none.
    """
    found = next((one for one in connectors() if one.name == name), None)
    if found is None:
        raise LookupError(name)
    return found
