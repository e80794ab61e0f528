"""Many rows at once: as many go in as were given, in whatever bundles."""

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from storage.connection import Connection, parsed
from storage.statements import Compiler

NOTE = Table("note", MetaData(), Column("id", Integer, primary_key=True), Column("text", String))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8, 32, 33, 64, 110])
def test_so_many_rows_are_written_as_were_given(tmp_path: Path, count: int) -> None:
    connection = Connection(parsed(f"sqlite:///{tmp_path}/notes.db"))
    connection.run("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    rows = [(number, f"note {number}") for number in range(count)]

    with connection.transaction():
        connection.many(Compiler(sqlite=True).insert(NOTE), rows)

    assert connection.rows("SELECT id, text FROM note ORDER BY id") == rows
    connection.close()
