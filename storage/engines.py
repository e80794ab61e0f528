"""SQLAlchemy engines for what is not on the path of a message: the desk, staff, casework."""

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from storage.connection import BUSY_SECONDS, PRAGMAS

WRITES = "gyeot_writes"
"""The execution option of a connection that will write: SQLite must know at the beginning."""


def engine_for(url: URL, connections: int) -> Engine:
    """Return an engine with at most so many connections."""
    if url.get_backend_name() != "sqlite":
        from storage.postgres import SETTINGS  # noqa: PLC0415  # its driver is not for everybody

        settings = {"options": SETTINGS, "connect_timeout": 5}
        return create_engine(
            url, pool_size=connections, max_overflow=0, pool_pre_ping=True, connect_args=settings
        )
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, pool_size=connections, max_overflow=0, connect_args=arguments)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ANN401  # the driver's connection
    del entry
    raw.isolation_level = None  # we begin ourselves: the driver would begin too late
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
