"""Bring the tables up to date, and refuse to work on others."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from storage import records, studio_tables, tables
from storage.connection import parsed
from storage.engines import WRITES, engine_for
from storage.errors import OutdatedError

HEAD = "0006"
"""The newest migration; a test holds it to those in the folder."""

KNOWN = (tables, records, studio_tables)
"""Importing them makes their tables known to the metadata."""

LOCK = text("SELECT pg_advisory_xact_lock(7235011)")
"""PostgreSQL only: two processes that start at once do not both make the tables."""

T = TypeVar("T")


def migrate(url: str, keys_url: str) -> str:
    """Bring the tables up to date, and say what was done; all of it or nothing.

    Args:
        url: The database.
        keys_url: The store of keys, which makes its own two tables when it is opened.
    """
    del keys_url
    return _with_connection(url, _migrated)


def ready(url: str) -> None:
    """Make the tables of an empty database; refuse another than this program's.

    Raises:
        OutdatedError: the database wants `gyeot migrate`, or a newer program.
    """
    _with_connection(url, _readied)


def check(url: str) -> list[object]:
    """Return how the tables differ from what this program expects; nothing is right."""
    engine = engine_for(parsed(url), 1)
    with engine.connect() as connection:
        found: list[object] = compare_metadata(
            MigrationContext.configure(connection), SQLModel.metadata
        )
    engine.dispose()
    return found


def newest() -> str | None:
    """Return the newest migration in the folder."""
    return _scripts().get_current_head()


def _with_connection(url: str, job: Callable[[Connection], T]) -> T:
    engine = engine_for(parsed(url), 1)
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(LOCK)
            return job(connection)
    finally:
        engine.dispose()


def _migrated(connection: Connection) -> str:
    before = _version(connection)
    if before == HEAD:
        return f"the tables are up to date ({HEAD})"
    command.upgrade(_config(connection), "head")
    return f"the tables went from {before or 'nothing'} to {HEAD}"


def _readied(connection: Connection) -> None:
    version = _version(connection)
    if version == HEAD:
        return
    if version is not None:
        raise OutdatedError(
            f"the database is at {version}, this program at {HEAD}: run `gyeot migrate`"
        )
    if inspect(connection).has_table("conversation"):
        raise OutdatedError("the database has tables of no known version: start with an empty one")
    SQLModel.metadata.create_all(connection)
    MigrationContext.configure(connection).stamp(_scripts(), HEAD)


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
