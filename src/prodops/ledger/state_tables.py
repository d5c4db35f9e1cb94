"""The tables of the state database: what was committed, from which file, and the log of declared records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column, MetaData, Table

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, without which SQLite cannot alter a table."""


NUMBERED = frozenset({"one", "seq", "number"})
"""Keys that are numbers; the others are text."""


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
    _site(metadata)
    return StateTables(
        metadata=metadata,
        meta=sa.Table("meta", metadata, _key("name"), _text("value")),
        head=sa.Table("head", metadata, _key("one"), _count("seq"), _count("log_seq"), _text("chain")),
        revision=sa.Table("revision", metadata, _key("seq"), _text("kind"), _moment("committed_at")),
        batch=_batch(metadata),
        source_file=_source_file(metadata),
        declared=_declared(metadata),
        forgotten=sa.Table(
            "forgotten",
            metadata,
            _key("digest"),
            *_texts("kind", "tag"),
            *_counts("words", "sieve"),
            _moment("forgotten_at"),
        ),
    )


def _batch(metadata: MetaData) -> Table:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    return sa.Table(
        "batch",
        metadata,
        _key("uuid"),
        *_texts("record_type", "part", "columns"),
        *_counts("seq_low", "seq_high", "rows", "replaces"),
        _moment("superseded_at", nullable=True),
    )


def _source_file(metadata: MetaData) -> Table:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    return sa.Table(
        "source_file",
        metadata,
        _key("name"),
        *_texts("sha256", "connector", "covers", "hints", "parser", "reasons"),
        *_counts("size_bytes", "entries", "used", "unused", "lost", "records", "problems"),
        sa.Column("first_on", sa.Date, nullable=True),
        sa.Column("last_on", sa.Date, nullable=True),
        _moment("loaded_at"),
    )


def _declared(metadata: MetaData) -> Table:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    return sa.Table(
        "declared",
        metadata,
        _key("seq"),
        *_texts("record_type", "record_id", "payload", "digest", "chain"),
        _moment("declared_at"),
        sa.Column("redacted", sa.Boolean, nullable=False),
    )


def _site(metadata: MetaData) -> None:
    """Describe what `site_tables` hands out."""
    _people(metadata)
    _accesses(metadata)
    _work(metadata)
    _made_before(metadata)
    _told(metadata)


def _people(metadata: MetaData) -> None:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    account = sa.Table(
        "account",
        metadata,
        _key("account"),
        *_texts("email", "shown_name", "password", "issuer", "subject", "role"),
        _moment("created_at"),
        _moment("disabled_at", nullable=True),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    for name in ("session", "api_token"):
        sa.Table(
            name,
            metadata,
            _key("digest"),
            sa.Column(
                "account", sa.Text, sa.ForeignKey(account.c.account, ondelete="CASCADE"), nullable=False
            ),
            *_texts("label", "role"),
            _moment("created_at"),
            _moment("seen_at", nullable=True),
            _moment("expires_at"),
            _moment("ended_at", nullable=True),
        )


def _accesses(metadata: MetaData) -> None:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    sa.Table(
        "access",
        metadata,
        sa.Column("number", number, primary_key=True, autoincrement=True),
        _moment("at"),
        *_texts("account", "kind", "what", "about"),
        _count("status"),
        sa.Index(None, "at"),
        sa.Index(None, "account", "at"),
    )


def _work(metadata: MetaData) -> None:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    sa.Table(
        "job",
        metadata,
        _key("job"),
        *_texts("kind", "asked", "asked_by", "stage", "says", "result"),
        *_counts("done", "whole", "attempts"),
        _moment("asked_at"),
        *(_moment(name, nullable=True) for name in ("beat_at", "ended_at")),
    )
    sa.Table(
        "deed_reply",
        metadata,
        _key("key"),
        _text("digest"),
        _count("status"),
        _text("reply"),
        _moment("made_at"),
        sa.Index(None, "made_at"),
    )


def _made_before(metadata: MetaData) -> None:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay
    from sqlalchemy.dialects.postgresql import TSVECTOR  # lazy: the same

    sa.Table(
        "page_snapshot",
        metadata,
        *(_key(name) for name in ("program", "page")),
        *_texts("version", "title", "shown_on"),
        sa.Column("has_charts", sa.Boolean, nullable=False),
        _moment("made_at"),
        _count("made_milliseconds"),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("html", "json")),
    )
    found = sa.Column("found", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False)
    sa.Table(
        "search_entry",
        metadata,
        *(_key(name) for name in ("version", "number")),
        *_texts("kind", "title", "words", "address"),
        found,
        sa.Index(None, "found", postgresql_using="gin"),
    )


def _told(metadata: MetaData) -> None:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    sa.Table(
        "told",
        metadata,
        _key("number"),
        *_texts("family", "groups"),
        _count("seq"),
        *(_moment(name) for name in ("moment", "told_at")),
    )
    sa.Table("told_mark", metadata, *(_key(name) for name in ("kind", "mark")))


def _key(name: str) -> Column[str] | Column[int]:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    if name in NUMBERED:
        return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)
    return sa.Column(name, sa.Text, primary_key=True)


def _text(name: str) -> Column[str]:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    return sa.Column(name, sa.Text, nullable=False)


def _count(name: str) -> Column[int]:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    return sa.Column(name, sa.BigInteger, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    return sa.Column(name, sa.DateTime, nullable=nullable)


def _texts(*names: str) -> list[Column[str]]:
    return [_text(name) for name in names]


def _counts(*names: str) -> list[Column[int]]:
    return [_count(name) for name in names]
