"""The tables of the state database: what was committed, from which file, and the log of declared records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, without which SQLite cannot alter a table."""


@dataclass(frozen=True, slots=True)
class StateTables:
    """The tables of the state database.

    Attributes:
        metadata: All of them, for migrations.
        meta: Facts about the workspace: its id, the salt of forgotten people.
        head: One row: the newest revision and the end of the declared log; writers lock it.
        revision: One row per change of the evidence, with its moment.
        batch: One row per Parquet file; its insertion is the commit of that file.
        source_file: One row per file loaded, as it was read last.
        declared: The append-only, hash-chained log.
        forgotten: Salted digests of people who must not come back.
    """

    metadata: MetaData
    meta: Table
    head: Table
    revision: Table
    batch: Table
    source_file: Table
    declared: Table
    forgotten: Table


@cache
def state_tables() -> StateTables:
    """The tables, described once per process. Moments are UTC without a zone, as in the evidence."""
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    metadata = sa.MetaData(naming_convention=NAMING)

    def key(name: str, kind: type[sa.Text | sa.Integer]) -> sa.Column[str | int]:
        return sa.Column(name, kind, primary_key=True, autoincrement=False)

    def text(name: str, **options: object) -> sa.Column[str]:
        return sa.Column(name, sa.Text, nullable=bool(options.get("nullable", False)))

    def count(name: str, *, nullable: bool = False) -> sa.Column[int]:
        return sa.Column(name, sa.BigInteger, nullable=nullable)

    return StateTables(
        metadata=metadata,
        meta=sa.Table("meta", metadata, key("name", sa.Text), text("value")),
        head=sa.Table(
            "head", metadata, key("one", sa.Integer), count("seq"), count("log_seq"), text("chain")
        ),
        revision=sa.Table(
            "revision",
            metadata,
            key("seq", sa.BigInteger),
            text("kind"),
            sa.Column("committed_at", sa.DateTime, nullable=False),
        ),
        batch=sa.Table(
            "batch",
            metadata,
            key("uuid", sa.Text),
            text("record_type"),
            text("part"),
            count("seq_low"),
            count("seq_high"),
            count("rows"),
            count("replaces"),
            text("columns"),
            sa.Column("superseded_at", sa.DateTime, nullable=True),
        ),
        source_file=sa.Table(
            "source_file",
            metadata,
            key("name", sa.Text),
            *(text(name) for name in ("sha256", "connector", "covers", "hints", "parser", "reasons")),
            *(count(name) for name in ("size_bytes", "entries", "used", "unused", "lost")),
            *(count(name) for name in ("records", "problems")),
            sa.Column("first_on", sa.Date, nullable=True),
            sa.Column("last_on", sa.Date, nullable=True),
            sa.Column("loaded_at", sa.DateTime, nullable=False),
        ),
        declared=sa.Table(
            "declared",
            metadata,
            key("seq", sa.BigInteger),
            text("record_type"),
            text("record_id"),
            sa.Column("declared_at", sa.DateTime, nullable=False),
            text("payload"),
            text("digest"),
            text("chain"),
            sa.Column("redacted", sa.Boolean, nullable=False),
        ),
        forgotten=sa.Table(
            "forgotten",
            metadata,
            key("digest", sa.Text),
            text("kind"),
            count("words"),
            count("sieve"),
            text("tag"),
            sa.Column("forgotten_at", sa.DateTime, nullable=False),
        ),
    )
