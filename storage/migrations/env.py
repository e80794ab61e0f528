"""What Alembic runs: on the connection it is handed, within that connection's transaction."""

from alembic import context
from sqlmodel import SQLModel

from storage import public_tables, records, tables

KNOWN = (tables, records, public_tables)
"""Importing them makes their tables known to the metadata."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
