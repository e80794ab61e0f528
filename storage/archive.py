"""The form of a backup: a folder of lines and files, and a manifest that is written last.

```
manifest.json        form, when, how many rows of each table, SHA-256 of every file below
data.jsonl.gz        one line a row: table, values; sealed columns stay sealed
keys/keys.jsonl.gz   the wrapped keys: keep this folder apart, and for days, not for years
files/…              the sealed files of attachments
```
"""

import base64
import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import LargeBinary, Table
from sqlmodel import SQLModel

from storage import records, studio_tables, tables
from storage.connection import Row
from storage.errors import StorageError

FORM = 1
MANIFEST = "manifest.json"
DATA = "data.jsonl.gz"
KEYS = "keys/keys.jsonl.gz"
FILES = "files"
PIECE = 1 << 20

KNOWN = (tables, records, studio_tables)
"""Importing them makes their tables known to the metadata."""

PASSING = frozenset({"sign_in", "sign_in_failure", "lease"})
"""Tables that are worth nothing elsewhere."""


class ArchiveError(StorageError):
    """A backup cannot be written or used; the message says why."""


def kept_tables() -> list[Table]:
    """Return the tables that belong into a backup."""
    return [each for each in SQLModel.metadata.sorted_tables if each.name not in PASSING]


def blobs(table: Table) -> list[int]:
    """Return which columns of a table are bytes."""
    return [n for n, each in enumerate(table.columns) if isinstance(each.type, LargeBinary)]


def write_lines(path: Path, lines: Iterable[tuple[str, list[Any]]]) -> None:
    """Write names and values, one pair a line; on disk when this returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as plain:
        with gzip.GzipFile(fileobj=plain, mode="wb", compresslevel=1, mtime=0) as packed:
            for line in lines:
                packed.write(orjson.dumps(line) + b"\n")
        plain.flush()
        os.fsync(plain.fileno())


def read_lines(path: Path) -> Iterator[tuple[str, list[Any]]]:
    """Read back what was written."""
    with gzip.open(path) as lines:
        for line in lines:
            name, values = orjson.loads(line)
            yield name, values


def to_text(row: Row, where: list[int]) -> list[Any]:
    """Return a row as JSON can hold it."""
    values = list(row)
    for at in where:
        if values[at] is not None:
            values[at] = base64.b64encode(values[at]).decode()
    return values


def from_text(values: list[Any], where: list[int]) -> list[Any]:
    """Return the row that `to_text` was given."""
    for at in where:
        if values[at] is not None:
            values[at] = base64.b64decode(values[at])
    return values


def write_manifest(folder: Path, made_at: int, rows: dict[str, int]) -> None:
    """Write the manifest over everything that is in the folder by now."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = {str(path.relative_to(folder)): sha256(path) for path in paths}
    manifest = {"form": FORM, "made_at": made_at, "rows": rows, "sha256": sums}
    path = folder / MANIFEST
    with path.open("xb") as file:
        file.write(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest, and hold every file to it.

    Raises:
        ArchiveError: the backup is not whole.
    """
    try:
        manifest: dict[str, Any] = orjson.loads((folder / MANIFEST).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise ArchiveError(f"there is no whole backup in {folder}") from None
    if manifest.get("form") != FORM:
        raise ArchiveError("the backup has a form that this program does not know")
    for name, expected in manifest["sha256"].items():
        path = folder / name
        if not path.is_file() or sha256(path) != expected:
            raise ArchiveError(f"the backup is damaged: {name}")
    return manifest


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
