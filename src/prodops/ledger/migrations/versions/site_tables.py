"""The tables of the site: accounts, sessions, tokens, accesses, jobs, pages made before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "site_tables"
down_revision = "first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, all empty."""
    _people()
    op.create_table(
        "access",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("at", sa.DateTime, nullable=False),
        *_texts("account", "kind", "what", "about"),
        sa.Column("status", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_access"),
    )
    op.create_table(
        "job",
        *_texts("job", "kind", "asked", "asked_by", "stage", "says", "result"),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("done", "whole", "attempts")),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("beat_at", sa.DateTime, nullable=True),
        sa.Column("ended_at", sa.DateTime, nullable=True),
        sa.PrimaryKeyConstraint("job", name="pk_job"),
    )
    op.create_table(
        "page_snapshot",
        *_texts("page", "version", "program"),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_milliseconds", sa.BigInteger, nullable=False),
        sa.Column("html", sa.LargeBinary, nullable=False),
        sa.Column("json", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("page", name="pk_page_snapshot"),
    )


def downgrade() -> None:
    """Drop the tables; records and evidence stay."""
    for name in ("page_snapshot", "job", "access", "api_token", "session", "account"):
        op.drop_table(name)


def _people() -> None:
    op.create_table(
        "account",
        *_texts("account", "email", "shown_name", "password", "issuer", "subject", "role"),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("disabled_at", sa.DateTime, nullable=True),
        sa.PrimaryKeyConstraint("account", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    for name in ("session", "api_token"):
        op.create_table(
            name,
            *_texts("digest", "account", "label", "role"),
            sa.Column("created_at", sa.DateTime, nullable=False),
            sa.Column("seen_at", sa.DateTime, nullable=True),
            sa.Column("expires_at", sa.DateTime, nullable=False),
            sa.Column("ended_at", sa.DateTime, nullable=True),
            sa.PrimaryKeyConstraint("digest", name=f"pk_{name}"),
            sa.ForeignKeyConstraint(
                ["account"], ["account.account"], name=f"fk_{name}_account_account", ondelete="CASCADE"
            ),
        )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
