"""Back up a running or stopped system: one moment of it, whatever is written meanwhile."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Reading
from sqlalchemy import Table, select

from storage import archive
from storage.archive import ArchiveError
from storage.connection import Connection, parsed
from storage.database import wall_clock
from storage.engines import engine_for
from storage.key_tables import KeyStatements
from storage.restoring import restore
from storage.tables import AttachmentRow

__all__ = ["backup", "restore"]

STEP = 1000


def backup(url: str, keys_url: str, files: Path, target: Path) -> str:
    """Write a backup into a new folder and say what is in it.

    Raises:
        ArchiveError: the folder is there already.
    """
    try:
        target.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise ArchiveError(f"{target} is there already: name a new folder") from None
    dump = _Dump()
    engine = engine_for(parsed(url), 1)
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        archive.write_lines(target / archive.DATA, dump.data(connection))
    engine.dispose()
    # A key is there before its data and destroyed after them: what is copied now opens the data.
    archive.write_lines(target / archive.KEYS, _keys(keys_url))
    copied = _copy(files, dump.files, target / archive.FILES)
    archive.write_manifest(target, wall_clock(), dict(dump.rows))
    return (
        f"{target}: {dump.rows['conversation']} conversations, {dump.rows['transcript']} entries,"
        f" {copied} files; keep {target / 'keys'} apart"
    )


class _Dump:
    """The rows of one moment, and what else belongs to them."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.files: list[str] = []

    def data(self, connection: Reading) -> Iterator[tuple[str, list[Any]]]:
        for table in archive.kept_tables():
            where = archive.blobs(table)
            for row in _rows(connection, table):
                self._note(table, row)
                yield table.name, archive.to_text(row, where)

    def _note(self, table: Table, row: tuple[Any, ...]) -> None:
        self.rows[f"{table.name}"] += 1  # a plain str: JSON takes no other key
        if table.name == AttachmentRow.__tablename__:
            name = row[table.columns.keys().index("file")]
            self.files.extend([name] if name else [])


def _rows(connection: Reading, table: Table) -> Iterator[tuple[Any, ...]]:
    """Read a table as its driver gives it, not all at once."""
    text = str(select(*table.columns).compile(connection.engine))
    streaming = connection.execution_options(stream_results=True, max_row_buffer=STEP)
    for part in streaming.exec_driver_sql(text).partitions(STEP):
        yield from (tuple(row) for row in part)


def _keys(keys_url: str) -> Iterator[tuple[str, list[Any]]]:
    connection = Connection(parsed(keys_url))
    sql = KeyStatements(sqlite=connection.sqlite)
    for row in connection.rows(sql.all_named):
        yield "named_key", archive.to_text(row, [2])
    for row in connection.rows(sql.all_keys):
        yield "sealing_key", archive.to_text(row, [2])
    connection.close()


def _copy(files: Path, names: list[str], target: Path) -> int:
    """Copy files that still are; those that are gone were erased."""
    target.mkdir(mode=0o700)
    copied = 0
    for name in names:
        try:
            shutil.copyfile(files / name, target / name)
        except FileNotFoundError:
            continue
        copied += 1
    return copied
