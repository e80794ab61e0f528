"""One raw DB-API connection, to SQLite or PostgreSQL, for the path of a message and for keys."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import URL, make_url

from storage.lists import carried
from storage.statements import Change

Row = tuple[Any, ...]
Errors = tuple[type[Exception], ...]

BUSY_SECONDS = 10.0
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses acknowledged commits at a power cut
    "secure_delete=ON",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "wal_autocheckpoint=16000",  # the last resort: see `storage.checkpoints`
)
CACHE = "cache_size=-8192"
"""For the path of a message; the slow readers are several, each keeps SQLite's own 2 MB."""


def parsed(url: str) -> URL:
    """Return the address with the driver that we use."""
    known = make_url(url)
    name = known.get_backend_name()
    if name == "sqlite":
        return known.set(drivername="sqlite")
    if name == "postgresql":
        return known.set(drivername="postgresql+psycopg")
    raise ValueError(f"no such database: {name}: use sqlite:////path/file or postgresql://…")


class Connection:
    """A connection that begins, commits and speaks in tuples; used by one thread at a time.

    Attributes:
        errors: What its database raises.
        conflicts: Two wrote at once, in two processes: once more, and it will find what the
            other wrote.
    """

    def __init__(self, url: URL) -> None:
        self.sqlite = url.get_backend_name() == "sqlite"
        self.errors, self.conflicts = _errors(sqlite=self.sqlite)
        self._url = url
        self._raw: Any = None
        self._cursor: Any = None
        self.reopen()

    def reopen(self) -> None:
        """Connect, anew if need be."""
        self.close()
        self._raw = _sqlite(self._url) if self.sqlite else _postgres(self._url)
        self._cursor = self._raw.cursor() if self.sqlite else self._raw.cursor(binary=True)

    @property
    def broken(self) -> bool:
        """Whether the server went away."""
        return self._raw is None or (not self.sqlite and self._raw.broken)

    def ensure(self) -> None:
        """Connect anew if the server went away."""
        if self.broken:
            self.reopen()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block wrote, or none of it."""
        self.begin()
        try:
            yield
            self.commit()
        except BaseException:
            self.rollback()
            raise

    def begin(self) -> None:
        """Start a transaction that may write; PostgreSQL starts one by itself."""
        if self.sqlite:
            self._cursor.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Return when all of it is on disk."""
        self._raw.commit()

    def rollback(self) -> None:
        """Forget the transaction, if the server still knows it."""
        if not self.broken:
            self._raw.rollback()

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return what a query finds."""
        found: list[Row] = self._cursor.execute(statement, values).fetchall()
        return found

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and return how many rows it touched."""
        self._cursor.execute(statement, values)
        touched: int = self._cursor.rowcount
        return touched

    def many(self, change: Change, rows: Sequence[Row]) -> None:
        """Write many rows by one statement."""
        if change.wide:
            self._widely(change.wide, rows)
            return
        if self.sqlite:
            self._cursor.executemany(change.text, rows)
            return
        columns = zip(*rows, strict=True)
        self._cursor.execute(change.text, [*map(carried, change.kinds, columns)])

    def _widely(self, wide: Sequence[str], rows: Sequence[Row]) -> None:
        """Write many rows by as few statements as may be."""
        for at in range(0, len(rows), len(wide)):
            some = rows[at : at + len(wide)]
            self._cursor.execute(wide[len(some) - 1], [*chain.from_iterable(some)])

    def wipe(self, table: str) -> None:
        """Overwrite what was deleted: SQLite's whole log, PostgreSQL's one table."""
        if self.sqlite:
            self._cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        self._raw.autocommit = True
        self._cursor.execute(f"VACUUM {table}")
        self._raw.autocommit = False

    def close(self) -> None:
        """Hang up."""
        if self._raw is not None:
            self._cursor.close()  # SQLite tidies up only when no statement is open any more
            self._raw.close()
            self._raw = None


def _errors(*, sqlite: bool) -> tuple[Errors, Errors]:
    if sqlite:
        return (sqlite3.Error,), (sqlite3.IntegrityError,)
    from storage import postgres  # noqa: PLC0415  # as below

    return postgres.ERRORS, postgres.CONFLICTS


def _sqlite(url: URL) -> sqlite3.Connection:
    raw = sqlite3.connect(
        url.database or "",
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    for pragma in (*PRAGMAS, CACHE):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def _postgres(url: URL) -> Any:  # noqa: ANN401  # a connection of the driver
    from storage import postgres  # noqa: PLC0415  # a quarter of a second for those who use it

    return postgres.connect(url)
