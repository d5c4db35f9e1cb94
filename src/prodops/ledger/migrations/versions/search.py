"""What is made before and asked often: pages of each program, words to search by, replies to deeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "search"
down_revision = "site_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the stored pages anew, by which nothing is lost, and add what is asked for by moment and word."""
    op.drop_table("page_snapshot")
    op.create_table(
        "page_snapshot",
        *_texts("program", "page", "version", "title", "shown_on"),
        sa.Column("has_charts", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_milliseconds", sa.BigInteger, nullable=False),
        sa.Column("html", sa.LargeBinary, nullable=False),
        sa.Column("json", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("program", "page", name="pk_page_snapshot"),
    )
    op.create_table(
        "search_entry",
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        *_texts("kind", "title", "words", "address"),
        sa.Column("found", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("version", "number", name="pk_search_entry"),
    )
    op.create_index("ix_search_entry_found", "search_entry", ["found"], postgresql_using="gin")
    op.create_table(
        "deed_reply",
        *_texts("key", "digest"),
        sa.Column("status", sa.BigInteger, nullable=False),
        *_texts("reply"),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_deed_reply"),
    )
    op.create_index("ix_deed_reply_made_at", "deed_reply", ["made_at"])
    op.create_index("ix_access_at", "access", ["at"])
    op.create_index("ix_access_account_at", "access", ["account", "at"])


def downgrade() -> None:
    """Take it back; stored pages become those that a program did not name."""
    op.drop_index("ix_access_account_at", "access")
    op.drop_index("ix_access_at", "access")
    for name in ("deed_reply", "search_entry", "page_snapshot"):
        op.drop_table(name)
    op.create_table(
        "page_snapshot",
        *_texts("page", "version", "program"),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_milliseconds", sa.BigInteger, nullable=False),
        sa.Column("html", sa.LargeBinary, nullable=False),
        sa.Column("json", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("page", name="pk_page_snapshot"),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
