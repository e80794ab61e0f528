"""Check the invariants that a store can show, on a stopped or running system, and change nothing.

Everything is read as of one moment. A finding names places by ids and never holds content.
"""

import time
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage import checks_of_rows, checks_of_seals
from storage.connection import parsed
from storage.database import wall_clock
from storage.engines import engine_for
from storage.findings import Finding, Patience, Scene
from storage.keys import KeyStore
from storage.master import MasterKey

__all__ = ["Finding", "Patience", "verify"]

AGAIN_SECONDS = 0.5


def verify(
    url: str, keys_url: str, master: MasterKey, files: Path, patience: Patience | None = None
) -> list[Finding]:
    """Return everything that is not as it must be; an empty list is a sound store.

    Keys and files are not of the same moment as the rows: what is found is looked at
    again, and only what is found twice is told.

    Raises:
        MissingKeyError: this is not the master key of these keys.
    """
    engine = engine_for(parsed(url), 1)
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    waits = patience or Patience()
    found: list[Finding] = []
    for _ in range(2):
        keys = KeyStore(keys_url, master)
        again = look(engine, (keys, files, wall_clock(), waits))
        keys.close()
        found = [each for each in again if each in found] if found else again
        if not found:
            break
        time.sleep(AGAIN_SECONDS)
    engine.dispose()
    return found


def look(engine: Engine, scene: tuple[KeyStore, Path, int, Patience]) -> list[Finding]:
    """Return what is found at one look; on a running system it may be right a moment later."""
    found: list[Finding] = []
    try:
        with engine.connect() as connection:
            at = Scene(connection, *scene)
            if engine.dialect.name == "sqlite":
                found += _integrity(connection)
            found += checks_of_rows.check(at)
            found += checks_of_seals.check(at)
    except DBAPIError as error:
        found.append(Finding("I10", "database", f"cannot be read: {type(error.orig).__name__}"))
    return found


def _integrity(connection: Connection) -> list[Finding]:
    damage = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
    foreign = connection.execute(text("PRAGMA foreign_key_check")).all()
    return [
        *(Finding("I10", "database", line) for line in damage if line != "ok"),
        *(Finding("I10", str(row[0]), "points at a row that is not there") for row in foreign),
    ]
