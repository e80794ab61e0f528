"""Stored conversations by the hundred thousand, made from real ones by copying rows.

What is copied opens with nobody's key, because its place is part of how it was sealed: it is
there to be in the way of what is measured, as old conversations are.
"""

import sqlite3
from pathlib import Path

SHIFT = 1_000_003
"""Copies get ids of their own: those of the originals, shifted."""
DAYS = 90
AGED = {"changed_at": DAYS * 24 * 60 * 60 * 1000, "hour": DAYS * 24}
"""Nobody has looked at them for so long: no desk shows them."""


def seed(folder: Path, wanted: int) -> int:
    """Fill the SQLite files of a stopped server up to so many conversations; returns how many."""
    with sqlite3.connect(folder / "gyeot.db") as database:
        there = _count(database)
        copies = max(0, -(-wanted // max(1, there)) - 1)
        for table in ("conversation", "voice", "transcript", "outbox", "inbox"):
            _copy(database, table, copies)
        made = _count(database)
    database.close()
    with sqlite3.connect(folder / "keys.db") as keys:
        _copy(keys, "sealing_key", copies)
    keys.close()
    return made


def _count(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT count(*) FROM conversation").fetchone()[0])


def _copy(database: sqlite3.Connection, table: str, copies: int) -> None:
    names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(_fresh(table, name) for name in names)
    few = "WHERE seq <= 2" if table in {"transcript", "outbox", "inbox"} else ""
    database.execute(f"CREATE TEMP TABLE few AS SELECT * FROM {table} {few}")  # noqa: S608  # our own names
    database.execute(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT ?)"  # noqa: S608
        f" INSERT INTO {table} SELECT {values} FROM few, n WHERE ? > 0",
        (max(1, copies), copies),
    )
    database.execute("DROP TABLE few")


def _fresh(table: str, name: str) -> str:
    if name == "conversation_id" or (name == "id" and table in {"conversation", "sealing_key"}):
        return f"{name} + n * {SHIFT}"
    if table == "conversation" and name in AGED:
        return f"{name} - {AGED[name]}"
    if name in {"hash", "voice"}:
        return "randomblob(16)"
    if name == "message_id":
        return "message_id || '-' || n"
    return name
