"""The first tables of the state database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and the one row of `head`."""
    _evidence_tables()
    _log_tables()
    head = op.create_table(
        "head",
        sa.Column("one", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("log_seq", sa.BigInteger, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_head"),
    )
    op.bulk_insert(head, [{"one": 1, "seq": 0, "log_seq": 0, "chain": ""}])


def downgrade() -> None:
    """Drop the tables; the evidence files stay where they are."""
    for name in ("head", "forgotten", "declared", "source_file", "batch", "revision", "meta"):
        op.drop_table(name)


def _evidence_tables() -> None:
    op.create_table(
        "revision",
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("committed_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_revision"),
    )
    op.create_table(
        "batch",
        sa.Column("uuid", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("record_type", "part")),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("seq_low", "seq_high", "rows", "replaces")
        ),
        sa.Column("columns", sa.Text, nullable=False),
        sa.Column("superseded_at", sa.DateTime, nullable=True),
        sa.PrimaryKeyConstraint("uuid", name="pk_batch"),
    )
    texts = ("sha256", "connector", "covers", "hints", "parser", "reasons")
    counts = ("size_bytes", "entries", "used", "unused", "lost", "records", "problems")
    op.create_table(
        "source_file",
        sa.Column("name", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in counts),
        sa.Column("first_on", sa.Date, nullable=True),
        sa.Column("last_on", sa.Date, nullable=True),
        sa.Column("loaded_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_source_file"),
    )


def _log_tables() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    op.create_table(
        "declared",
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("record_type", "record_id")),
        sa.Column("declared_at", sa.DateTime, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("payload", "digest", "chain")),
        sa.Column("redacted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_declared"),
    )
    op.create_table(
        "forgotten",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("words", sa.BigInteger, nullable=False),
        sa.Column("sieve", sa.BigInteger, nullable=False),
        sa.Column("tag", sa.Text, nullable=False),
        sa.Column("forgotten_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_forgotten"),
    )
