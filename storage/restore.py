"""Restoring a backup into an empty place, of the same kind of database or of the other."""

import base64
import gzip
import os
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import insert, text
from sqlmodel import SQLModel

from storage import migrating
from storage.backup import DATA, FILES, FORMAT, KEYS, MANIFEST, BackupError, digest
from storage.connection import Connection, parsed
from storage.engines import WRITES, engine_for
from storage.key_tables import KeyStatements
from storage.types import Instant, moment

ROWS_AT_ONCE = 1000


def restore(database_url: str, keys_url: str, files: Path, source: Path) -> str:
    """Restore a backup and say what is there now.

    What was erased after the backup stays unreadable only if the keys of a newer backup, or
    the keys that are in use, are kept: then restore without the folder `keys`.

    Raises:
        BackupError: it is no whole backup of this program's version, or the place is not empty.
    """
    manifest = _checked(source)
    if parsed(database_url).get_backend_name() == "sqlite":
        Path(parsed(database_url).database or "").parent.mkdir(parents=True, exist_ok=True)
    migrating.ready(database_url)
    counts = _restore_data(database_url, source / DATA)
    keys = _restore_keys(keys_url, source / KEYS / "keys.jsonl.gz")
    _restore_files(files, source / FILES)
    wanted = sum(count for name, count in manifest["counts"].items() if name != "keys")
    if counts != wanted:
        raise BackupError(f"{wanted} rows were to be restored, but {counts} were")
    return f"{counts} rows and {keys} keys are restored"


def _checked(source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = orjson.loads((source / MANIFEST).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise BackupError(f"{source} holds no backup: there is no {MANIFEST}") from None
    if manifest.get("format") != FORMAT or manifest.get("schema") != migrating.HEAD:
        made = f"{manifest.get('format')}/{manifest.get('schema')}"
        raise BackupError(f"the backup is of version {made}: restore it with that version")
    for name, expected in manifest["sha256"].items():
        path = source / name
        if name.startswith(f"{KEYS}/") and not path.parent.exists():
            continue  # kept apart on purpose
        if not path.is_file() or digest(path) != expected:
            raise BackupError(f"{name} is missing or was altered: use another backup")
    return manifest


def _restore_data(url: str, folder: Path) -> int:
    engine = engine_for(parsed(url), 1)
    count = 0
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            _refuse_a_full_place(connection)
            for each in SQLModel.metadata.sorted_tables:
                path = folder / f"{each.name}.jsonl.gz"
                instants = {c.name for c in each.columns if isinstance(c.type, Instant)}
                for rows in _batches(_read(path, instants), ROWS_AT_ONCE):
                    connection.execute(insert(each), rows)
                    count += len(rows)
                _move_sequence(connection, each.name)
    finally:
        engine.dispose()
    return count


def _refuse_a_full_place(connection: SqlConnection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    for each in SQLModel.metadata.sorted_tables:
        if connection.execute(each.select().limit(1)).first() is not None:
            raise BackupError("the database is not empty: restore into a new one")


def _move_sequence(connection: SqlConnection, name: str) -> None:
    """PostgreSQL: let new rows continue after the restored ones."""
    if connection.dialect.name != "postgresql":
        return
    column = {"flow_version": "number"}.get(name, "id")
    if column not in SQLModel.metadata.tables[name].columns:
        return
    asked = text("SELECT pg_get_serial_sequence(:name, :column)")
    found = connection.execute(asked, {"name": name, "column": column}).scalar()
    if found:
        last = f'SELECT coalesce(max("{column}"), 0) + 1 FROM "{name}"'  # noqa: S608  # our own names
        connection.execute(text(f"SELECT setval(:found, ({last}), false)"), {"found": found})


def _restore_keys(url: str, path: Path) -> int:
    if not path.is_file():
        return 0
    connection = Connection(parsed(url))
    statements = KeyStatements(sqlite=connection.sqlite)
    connection.ensure()
    try:
        with connection.transaction():
            for made in statements.make:
                connection.run(made)
        if connection.rows(statements.all_keys) or connection.rows(statements.all_named):
            raise BackupError("the store of keys is not empty: restore into a new one")
        connection.rollback()
        rows = list(_lines(path))
        with connection.transaction():
            named = [tuple(row[1:]) for row in rows if row[0] == "named"]
            connection.many(statements.name, named)
            for some in _batches((tuple(row[1:]) for row in rows if row[0] == "key"), ROWS_AT_ONCE):
                connection.many(statements.insert, some)
    finally:
        connection.close()
    return len(rows)


def _restore_files(files: Path, source: Path) -> None:
    files.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in source.iterdir():
        target = files / path.name
        shutil.copyfile(path, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())


def _read(path: Path, instants: set[str]) -> Iterator[dict[str, Any]]:
    rows = _lines(path)
    names = next(rows)
    for row in rows:
        named = dict(zip(names, row, strict=True))
        for name in instants:
            if named[name] is not None:
                named[name] = moment(named[name])
        yield named


def _lines(path: Path) -> Iterator[list[Any]]:
    with gzip.open(path, "rb") as file:
        for line in file:
            yield [_value(value) for value in orjson.loads(line)]


def _value(value: Any) -> Any:  # noqa: ANN401  # any column
    return base64.b64decode(value["b"]) if isinstance(value, dict) else value


def _batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
