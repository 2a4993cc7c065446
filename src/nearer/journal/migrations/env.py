"""Alembic's entry: the connection comes from nearer.journal.store."""

from __future__ import annotations

from alembic import context

from nearer.journal.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
