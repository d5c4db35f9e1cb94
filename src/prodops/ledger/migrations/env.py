"""Runs the steps on the connection that `state` hands over; there is no other way to run them."""

from __future__ import annotations

from alembic import context

from prodops.ledger.state_tables import state_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=state_tables().metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
