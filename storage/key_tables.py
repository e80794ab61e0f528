"""The two tables of the store of keys, and the statements over them, compiled once."""

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.schema import CreateTable

from storage.statements import Compiler

SCHEMA = "gyeot_keys"
"""Where keys live on PostgreSQL, which may be the same server; on SQLite: a file of their own."""


LOCK = "SELECT pg_advisory_xact_lock(7235012)"
"""PostgreSQL only: two processes that start at once do not both make the tables."""


class KeyStatements:
    """The text of everything that is asked of the store of keys."""

    def __init__(self, *, sqlite: bool) -> None:
        compiler = Compiler(sqlite=sqlite)
        keys, names = _tables(None if sqlite else SCHEMA)
        create = [compiler.text(CreateTable(each, if_not_exists=True)) for each in (keys, names)]
        schema = f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"
        self.make = create if sqlite else [LOCK, schema, *create]
        self.insert = compiler.insert(keys)
        self.keys = compiler.among(keys.c.id, [*keys.c])
        self.all_keys = compiler.find(keys, [], ["id", "epoch", "wrapped"])
        self.old_keys = compiler.older(keys, "epoch")
        self.rewrap = compiler.update(keys, ["id"], ["epoch", "wrapped"])
        self.shred = compiler.delete(keys, "id")
        self.name = compiler.insert(names).ending("ON CONFLICT DO NOTHING")
        self.named = compiler.find(names, ["name"], ["epoch", "wrapped"])
        self.all_named = compiler.find(names, [], ["name", "epoch", "wrapped"])
        self.old_named = compiler.older(names, "epoch")
        self.rename = compiler.update(names, ["name"], ["epoch", "wrapped"])


def _tables(schema: str | None) -> tuple[Table, Table]:
    metadata = MetaData(schema=schema)
    number: Column[Any] = Column("id", BigInteger, primary_key=True, autoincrement=False)
    name: Column[Any] = Column("name", String, primary_key=True)
    return (
        Table("sealing_key", metadata, number, *_wrapping()),
        Table("named_key", metadata, name, *_wrapping()),
    )


def _wrapping() -> tuple[Column[Any], Column[Any]]:
    return (
        Column("epoch", Integer, nullable=False),
        Column("wrapped", LargeBinary, nullable=False),
    )
