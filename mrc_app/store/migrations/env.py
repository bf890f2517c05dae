"""Alembic's surroundings: the connection is given, its transaction is the upgrade's."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
