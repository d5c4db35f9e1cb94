"""Which column means what, as a person said it once: remembered for every file with the same header."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from prodops.connectors.feedback_table.columns import header_key
from prodops.connectors.feedback_table.layout import header_of
from prodops.ledger.feedback import ColumnMap
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import SourceFile

NO_HINTS: Mapping[str, str] = MappingProxyType({})


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
