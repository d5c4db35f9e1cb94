"""Declare a column map for a file's header, from what a person typed or chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.actions.feedback import map_columns
from prodops.actions.refusal import ActionRefusedError
from prodops.connectors.feedback_table.columns import SETTINGS, header_key
from prodops.connectors.feedback_table.layout import header_of
from prodops.connectors.feedback_table.names import FIELDS
from prodops.ledger.reading import SourceFile
from prodops.serve.bootstrap import open_workspace

if TYPE_CHECKING:
    from prodops.ledger.store import Store


def declare_column_map(path: Path, pairs: Sequence[str], workspace: Path | None) -> None:
    """Remember which column means what for every file with this file's header.

    Raises:
        FileNotFoundError: There is no such file.
        ActionRefusedError: A pair names no field or no column, or the file is no table.
    """
    header = header_of(SourceFile(name=path.name, content=path.read_bytes()))
    if not header:
        raise ActionRefusedError(f"{path.name} is not a table.")
    settings, store = open_workspace(workspace)
    with store:
        declare_header(store, header, pairs, by=settings.actor, today=settings.today)


def declare_header(
    store: Store, header: Sequence[str], pairs: Sequence[str], *, by: str, today: datetime
) -> None:
    """Remember which column means what for every file with this header.

    Args:
        store: The workspace.
        header: The header's column names.
        pairs: `field=column`.
        by: Who declares it.
        today: The moment that counts as now.

    Raises:
        ActionRefusedError: A pair names no field or no column.
    """
    records = map_columns.propose(
        header_key(header), header, pairs, fields=FIELDS, settings=SETTINGS, at=datetime.now(UTC), by=by
    )
    store.append(records, gate=map_columns.gate, today=today)
