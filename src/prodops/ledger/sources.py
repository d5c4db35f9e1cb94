"""The files that were loaded: what each held, how it was read, and how much of it was used."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from prodops.ledger.state import read_moment, stored_moment
from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

Covers = Literal["snapshot", "increment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Which bytes were read, and by what: the same again needs no reading.

    Attributes:
        name: The file as the user knows it.
        sha256: Digest of its bytes.
        connector: What read it.
        hints: What the user told about it, as canonical JSON.
        parser: The version of the connector, as the caller counts versions.
    """

    name: str
    sha256: str
    connector: str
    hints: str = "{}"
    parser: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFile:
    """One file as it was read last.

    Attributes:
        reading: Which bytes, read by what.
        size_bytes: Its size.
        covers: Whether it is the whole truth of its source (`snapshot`) or adds to it (`increment`).
        entries: Entries found; always `used` + `unused` + `lost`.
        used: Entries that gave records.
        unused: Entries recognised and not used.
        lost: Entries lost to a problem.
        records: Records that the entries gave, repeats included.
        problems: Problems told of it.
        reasons: Why entries were not used, and how many for each reason.
        first_on: The earliest day its records speak of.
        last_on: The latest.
        loaded_at: When it was committed.
    """

    reading: Reading
    size_bytes: int
    covers: Covers
    entries: int = 0
    used: int = 0
    unused: int = 0
    lost: int = 0
    records: int = 0
    problems: int = 0
    reasons: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    first_on: date | None = None
    last_on: date | None = None
    loaded_at: datetime

    @property
    def name(self) -> str:
        """The file as the user knows it."""
        return self.reading.name


def hints_text(hints: Mapping[str, str]) -> str:
    """Hints as canonical JSON, so that their order does not matter."""
    return json.dumps(dict(hints), sort_keys=True, ensure_ascii=True)


def save_source(connection: Connection, file: LoadedFile) -> None:
    """Remember how a file was read; what was known of an earlier reading is replaced."""
    table = state_tables().source_file
    connection.execute(table.delete().where(table.c.name == file.name))
    connection.execute(
        table.insert().values(
            name=file.name,
            sha256=file.reading.sha256,
            connector=file.reading.connector,
            covers=file.covers,
            hints=file.reading.hints,
            parser=file.reading.parser,
            reasons=json.dumps(dict(file.reasons)),
            loaded_at=stored_moment(file.loaded_at),
            **{name: getattr(file, name) for name in _PLAIN},
        )
    )


def all_sources(connection: Connection) -> list[LoadedFile]:
    """Every file that was loaded, by name."""
    table = state_tables().source_file
    return [_loaded(row) for row in connection.execute(table.select().order_by(table.c.name))]


def sources_named(connection: Connection, names: Iterable[str]) -> dict[str, LoadedFile]:
    """How some files were read last; those that never were are left out."""
    table = state_tables().source_file
    found = connection.execute(table.select().where(table.c.name.in_(list(names))))
    return {row.name: _loaded(row) for row in found}


def rename_sources(connection: Connection, rename: Callable[[str], str]) -> None:
    """Rename files, and what was said of them, where a person's name stands in it."""
    table = state_tables().source_file
    for row in connection.execute(table.select()).all():
        words = {name: rename(getattr(row, name)) for name in ("name", "hints", "reasons")}
        if any(words[name] != getattr(row, name) for name in words):
            connection.execute(table.update().where(table.c.name == row.name).values(**words))


_PLAIN = (
    "size_bytes", "entries", "used", "unused", "lost", "records", "problems", "first_on", "last_on",
)  # fmt: skip


def _loaded(row: Any) -> LoadedFile:  # noqa: ANN401 (a row of the database has no type of its own)
    return LoadedFile(
        reading=Reading(
            name=row.name, sha256=row.sha256, connector=row.connector, hints=row.hints, parser=row.parser
        ),
        covers="snapshot" if row.covers == "snapshot" else "increment",
        reasons=MappingProxyType(json.loads(row.reasons)),
        loaded_at=read_moment(row.loaded_at),
        **{name: getattr(row, name) for name in _PLAIN},
    )
