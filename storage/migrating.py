"""Bring the tables up to date, and refuse to work on others."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, inspect, text

from storage.connection import parsed
from storage.engines import WRITES, engine_for
from storage.errors import OutdatedError
from storage.known import METADATA

if TYPE_CHECKING:  # a start does without Alembic, which takes a third of a second
    from alembic.config import Config

HEAD = "0010"
"""The newest migration; a test holds it to those in the folder."""

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
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  # see above
    from alembic.migration import MigrationContext  # noqa: PLC0415  # see above

    engine = engine_for(parsed(url), 1)
    with engine.connect() as connection:
        found: list[object] = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    return found


def newest() -> str | None:
    """Return the newest migration in the folder."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # see above

    return ScriptDirectory.from_config(_config(None)).get_current_head()


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
    from alembic import command  # noqa: PLC0415  # see above

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
    METADATA.create_all(connection)
    _stamp(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _stamp(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  # see above

    command.stamp(_config(connection), HEAD)


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  # see above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
