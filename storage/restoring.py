"""Restore a backup into an empty place, of the same kind of database or the other.

What has no key in the backup stays erased: with newer keys beside older data, nobody who
was erased meanwhile comes back.
"""

import shutil
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select

from storage import archive
from storage.archive import ArchiveError
from storage.connection import Connection, Row, parsed
from storage.erasing import ERASED
from storage.key_tables import KeyStatements
from storage.means import GONE
from storage.migrating import ready
from storage.statements import Compiler

STEP = 500
OF_KEYS = {"conversation": "id", "application": "id"}
DROPPED = frozenset(
    {"voice", "attachment", "preference", "timer", "link", "application", "keepsake"}
)
"""Tables of which nothing stays once the key is gone."""

BLANK: dict[str, dict[str, Any]] = {
    "transcript": {"body": b"", "platform": None},
    "outbox": {"platform_ids": None},
    "conversation": {"state": b"", "address": b"", "voice": b"", "parted": GONE}
    | {"status": "closed", "staff_id": None, "waiting_since": None, "unread": 0, "held": 0},
}
"""What else is left of rows whose key is gone."""


def restore(url: str, keys_url: str, files: Path, source: Path) -> str:
    """Restore a backup and say what was restored; all of it or nothing.

    Raises:
        ArchiveError: the backup is damaged, or the place is not empty.
    """
    manifest = archive.read_manifest(source)
    keys = list(archive.read_lines(source / archive.KEYS))
    alive = {values[0] for name, values in keys if name == "sealing_key"}
    files.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(files.iterdir()):
        raise ArchiveError(f"{files} is not empty")
    _restore_keys(keys_url, keys)
    _restore_files(source / archive.FILES, files)
    ready(url)
    connection = Connection(parsed(url))
    with connection.transaction():
        _restore_rows(connection, source / archive.DATA, alive)
    connection.close()
    rows = manifest["rows"]
    talks, entries = rows.get("conversation", 0), rows.get("transcript", 0)
    return f"{talks} conversations, {entries} entries restored"


def _restore_keys(keys_url: str, keys: list[tuple[str, list[Any]]]) -> None:
    connection = Connection(parsed(keys_url))
    sql = KeyStatements(sqlite=connection.sqlite)
    with connection.transaction():
        for text in sql.make:
            connection.run(text)
        if connection.rows(sql.all_named):
            raise ArchiveError("the store of keys is not empty")
        for change, wanted in ((sql.name, "named_key"), (sql.insert, "sealing_key")):
            rows = [tuple(archive.from_text(row, [2])) for name, row in keys if name == wanted]
            for part in _parts(iter(rows)):
                connection.many(change, part)
    connection.close()


def _restore_files(source: Path, files: Path) -> None:
    for path in source.iterdir():
        shutil.copyfile(path, files / path.name)


def _restore_rows(connection: Connection, path: Path, alive: set[int]) -> None:
    compiler = Compiler(sqlite=connection.sqlite)
    known = {table.name: table for table in archive.kept_tables()}
    for table in known.values():
        if connection.rows(compiler.text(select(func.count()).select_from(table)))[0][0]:
            raise ArchiveError("the database is not empty: restore into a new one")
    for name, lines in groupby(archive.read_lines(path), key=lambda line: line[0]):
        table = known[name]
        change = compiler.insert(table)
        rows = _living(table, (values for _, values in lines), alive)
        for part in _parts(rows):
            connection.many(change, part)
    if not connection.sqlite:
        for table in known.values():
            _count_on(connection, table)


def _living(table: Table, lines: Iterator[list[Any]], alive: set[int]) -> Iterator[Row]:
    """Yield the rows, without what was erased since."""
    names = table.columns.keys()
    blobs = archive.blobs(table)
    owner = OF_KEYS.get(table.name, "conversation_id")
    sealed = table.name in DROPPED or table.name in BLANK
    at = names.index(owner) if sealed else 0
    for line in lines:
        row = archive.from_text(line, blobs)
        if sealed and row[at] not in alive:
            if table.name in DROPPED:
                continue
            row = _blanked(table.name, dict(zip(names, row, strict=True)))
        yield tuple(row)


def _blanked(name: str, row: dict[str, Any]) -> list[Any]:
    row.update(BLANK[name])
    if name == "outbox" and row["status"] in {"ready", "sending"}:
        row.update(status="dead", reason=ERASED)
    return list(row.values())


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL count on from the highest number that is taken."""
    counted = table.autoincrement_column
    if counted is None or not isinstance(counted.autoincrement, str):
        return
    name = f"{table.name}', '{counted.name}"
    connection.rows(
        f"SELECT setval(pg_get_serial_sequence('{name}'),"  # noqa: S608  # names of our own tables
        f" (SELECT coalesce(max({counted.name}), 1) FROM {table.name}))"
    )


def _parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while part := list(islice(rows, STEP)):
        yield part
