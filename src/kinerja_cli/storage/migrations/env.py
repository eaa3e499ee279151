"""Alembic's entry: run the steps on the connection handed in, in the transaction it is already in."""

from alembic import context

from kinerja_cli.storage import dated_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=dated_tables.STANDING.metadata,
    render_as_batch=True,
)
context.run_migrations()
