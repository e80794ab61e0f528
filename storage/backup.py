"""Backups: one logical copy for both databases, taken from one snapshot while turns go on.

    backup/
      manifest.json        what is here, with the SHA-256 of every file
      data/TABLE.jsonl.gz  the rows as they are kept: sealed columns stay sealed
      keys/keys.jsonl.gz   the wrapped keys: keep it apart, and not for long
      files/NAME           the sealed attachments
"""

import base64
import gzip
import hashlib
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import text
from sqlmodel import SQLModel

from storage import records, tables
from storage.connection import Connection, parsed
from storage.engines import engine_for
from storage.errors import StorageError
from storage.key_tables import KeyStatements
from storage.migrating import HEAD

KNOWN = (tables, records)
"""Importing them makes their tables known to the metadata."""

FORMAT = 1
MANIFEST = "manifest.json"
DATA, KEYS, FILES = "data", "keys", "files"
ROWS_AT_ONCE = 2000


class BackupError(StorageError):
    """A backup cannot be written or restored; the message says what to do."""


def backup(database_url: str, keys_url: str, files: Path, target: Path) -> str:
    """Write a backup and say what it holds.

    The snapshot of the data is taken first and the keys after it: a key is on disk before the
    first row that needs it, so every row of the snapshot finds its key. Attachments come last;
    one that was erased meanwhile is left out.

    Raises:
        BackupError: the target is not empty.
    """
    if target.exists() and any(target.iterdir()):
        raise BackupError(f"{target} is not empty: name a new folder")
    for name in (DATA, KEYS, FILES):
        (target / name).mkdir(parents=True, mode=0o700)
    counts, kept = _write_data(database_url, keys_url, target)
    copied = _copy_files(files, target / FILES, kept)
    sums = {str(path.relative_to(target)): digest(path) for path in sorted(_files_in(target))}
    manifest = {
        "format": FORMAT,
        "schema": HEAD,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "counts": counts,
        "sha256": sums,
    }
    (target / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    rows = sum(counts.values())
    return f"{rows} rows and {copied} files are in {target}; keep {target / KEYS} apart from them"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_data(url: str, keys_url: str, target: Path) -> tuple[dict[str, int], list[str]]:
    """Write every table and the keys; returns the counts and the attachments that are kept."""
    engine = engine_for(parsed(url), 1)
    counts: dict[str, int] = {}
    try:
        with engine.connect() as connection:
            _snapshot(connection)
            counts["keys"] = _write_keys(keys_url, target / KEYS / "keys.jsonl.gz")
            for each in SQLModel.metadata.sorted_tables:
                path = target / DATA / f"{each.name}.jsonl.gz"
                counts[each.name] = _write_rows(path, _rows_of(connection, each.name, each.columns))
            kept = connection.execute(text("SELECT file FROM attachment WHERE file IS NOT NULL"))
            names = [name for (name,) in kept]
            connection.rollback()
    finally:
        engine.dispose()
    return counts, names


def _snapshot(connection: SqlConnection) -> None:
    """Begin to read one state of everything: the first reading fixes it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SELECT count(*) FROM staff")).scalar()


def _rows_of(connection: SqlConnection, name: str, columns: Iterable[Any]) -> Iterator[list[Any]]:
    names = ", ".join(f'"{column.name}"' for column in columns)
    streamed = connection.execution_options(stream_results=True, yield_per=ROWS_AT_ONCE)
    yield [column.name for column in columns]
    for row in streamed.exec_driver_sql(f'SELECT {names} FROM "{name}"'):  # noqa: S608  # our own names
        yield [_plain(value) for value in row]


def _write_keys(url: str, path: Path) -> int:
    connection = Connection(parsed(url))
    statements = KeyStatements(sqlite=connection.sqlite)
    connection.ensure()
    try:
        named = connection.rows(statements.all_named)
        keys = connection.rows(statements.all_keys)
        connection.rollback()
    finally:
        connection.close()
    rows = [["named", *row] for row in named] + [["key", *row] for row in keys]
    return _write_rows(path, ([_plain(value) for value in row] for row in rows))


def _write_rows(path: Path, rows: Iterable[list[Any]]) -> int:
    """Write rows as lines; a table's first line names its columns and does not count."""
    count = 0
    with gzip.open(path, "wb", compresslevel=1) as file:
        for row in rows:
            file.write(orjson.dumps(row) + b"\n")
            count += 1
    return count - 1 if path.parent.name == DATA else count


def _plain(value: Any) -> Any:  # noqa: ANN401  # any column
    """Return a value for JSON; bytes become an object with their base64."""
    if isinstance(value, (bytes, memoryview)):
        return {"b": base64.b64encode(bytes(value)).decode("ascii")}
    return value


def _copy_files(files: Path, target: Path, names: Iterable[str]) -> int:
    copied = 0
    for name in names:
        source = files / name
        if source.is_file():
            shutil.copyfile(source, target / name)
            copied += 1
    return copied


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
