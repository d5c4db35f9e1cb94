"""What was told of people's time, and when: so that nothing follows from one look and the next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "told"
down_revision = "search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, empty: nothing was told yet."""
    op.create_table(
        "told",
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        *_texts("family", "groups"),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("moment", sa.DateTime, nullable=False),
        sa.Column("told_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_told"),
    )
    op.create_table(
        "told_mark",
        *_texts("kind", "mark"),
        sa.PrimaryKeyConstraint("kind", "mark", name="pk_told_mark"),
    )


def downgrade() -> None:
    """Drop them: what is told next counts as the first that is told."""
    for name in ("told_mark", "told"):
        op.drop_table(name)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
