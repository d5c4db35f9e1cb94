"""Which column means what, as a person said it once: remembered for every file with the same header."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from prodops.connectors.feedback_table.columns import header_key
from prodops.ledger.feedback import ColumnMap
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import HEAD_BYTES, SourceFile
from prodops.text.decoding import decode
from prodops.text.tables import read_table

NO_HINTS: Mapping[str, str] = MappingProxyType({})


def header_of(file: SourceFile) -> tuple[str, ...]:
    """The first row of a file read as a table; empty for what is none."""
    try:
        row = next(iter(read_table(decode(file.content[:HEAD_BYTES]).text)), None)
    except ValueError:
        return ()
    return tuple(row.cells) if row else ()


class ColumnMaps:
    """The column maps that people declared, by the header they are for."""

    def __init__(self, maps: Iterable[ColumnMap]) -> None:
        """Keep the newest map of each header."""
        ordered = sorted(maps, key=lambda one: (one.declared_at, one.id))
        self._by_key = {one.header_key: _pairs(one.columns) for one in ordered}

    @classmethod
    def of(cls, ledger: Ledger) -> ColumnMaps:
        """The maps of a ledger."""
        return cls(ledger.records(ColumnMap))

    def hints(self, file: SourceFile) -> Mapping[str, str]:
        """What a person said about this file's columns; empty when nobody did."""
        if not self._by_key:
            return NO_HINTS
        header = header_of(file)
        return self._by_key.get(header_key(header), NO_HINTS) if header else NO_HINTS


def _pairs(columns: tuple[str, ...]) -> Mapping[str, str]:
    return dict(one.split("=", 1) for one in columns if "=" in one)
