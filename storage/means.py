"""What the writer works with beside its connection, and how it destroys what was erased."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from storage.batch import Parting
from storage.connection import Connection
from storage.keys import KeyStore
from storage.turn_statements import TurnStatements

GONE = 2
"""`parted` of a conversation whose key is destroyed."""


class Means(NamedTuple):
    """The keys, the folder of attachments, and the time in milliseconds since 1970."""

    keys: KeyStore
    files: Path
    clock: Callable[[], int]


def destroy(
    connection: Connection, means: Means, sql: TurnStatements, partings: Sequence[Parting]
) -> None:
    """Destroy keys and files of what was erased; may be done twice."""
    means.keys.shred([key for parting in partings for key in parting.keys])
    for parting in partings:
        for name in parting.files:
            (means.files / name).unlink(missing_ok=True)
    with connection.transaction():
        connection.many(
            sql.records.parted, [(GONE, parting.conversation_id) for parting in partings]
        )
    if connection.sqlite:
        connection.wipe("")


def unfinished(connection: Connection, sql: TurnStatements) -> list[Parting]:
    """Return what was erased, but not yet destroyed when the process ended."""
    rows = connection.rows(sql.records.unfinished)
    connection.rollback()
    return [Parting(number, [number], []) for (number,) in rows]
