"""Say which column of a table means what, once for every file with the same header."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.feedback import ColumnMap
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Declared, RecordId, person_id

DEED = Deed(
    title="Say what columns mean",
    done="Kept for every file with these columns.",
    asks={
        "header": Ask(
            label="The file's columns",
            hint="Their names in the order of the file.",
            example=["Opened", "Text"],
        ),
        "pairs": Ask(
            label="What do they mean?",
            hint="field=column each: created=Opened.",
            example=["created=Opened", "text=Text"],
        ),
    },
    given=("header_key", "fields", "settings"),
    final="A column map is not taken back: a newer one for the same columns takes its place.",
    shortcut="map",
    page="problems",
)


def propose(
    header_key: str,
    header: Sequence[str],
    pairs: Sequence[str],
    *,
    fields: Sequence[str],
    settings: Sequence[str] = (),
    at: datetime,
    by: str,
) -> tuple[ColumnMap, ...]:
    """The column map to declare.

    Args:
        header_key: The digest of the header that later files are recognised by.
        header: The header's column names.
        pairs: `field=column`.
        fields: What a column can mean to the connector that reads the table.
        settings: Words that say how to read the table and name no column: `time_zone=Europe/Berlin`.
        at: When it is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: A pair names no known field, or no column of the header.
    """
    named = dict(_pair(pair, header, fields, settings) for pair in pairs)
    if "created" not in named:
        raise ActionRefusedError("Without created=COLUMN nobody can say how long a message has waited.")
    return (
        ColumnMap(
            id=RecordId(f"column_map:{header_key}:{at:%Y%m%dT%H%M%S%f}"),
            cite=Citation("declared", f"by {person_id(by)}"),
            header_key=header_key,
            columns=tuple(f"{field}={column}" for field, column in sorted(named.items())),
            declared_at=at,
            declared_by=person_id(by),
        ),
    )


def _pair(
    pair: str, header: Sequence[str], fields: Sequence[str], settings: Sequence[str]
) -> tuple[str, str]:
    field, _, column = pair.partition("=")
    if field in settings and column:
        return field, column
    if field not in fields:
        raise ActionRefusedError(f"{field or pair!r} is not a field. Fields: {', '.join(fields)}.")
    if column not in header:
        known = ", ".join(header)[:400]
        raise ActionRefusedError(f"{column!r} is not a column of the file. Columns: {known}.")
    return field, column


def gate(_ledger: Ledger, _records: Sequence[Declared] = ()) -> list[str]:
    """No check stands against saying what a column means."""
    return []
