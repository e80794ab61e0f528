"""SQLite's log, copied into the database beside the writer: no turn waits for it."""

import threading
from contextlib import suppress

from sqlalchemy import URL

from storage.connection import Connection

EVERY_S = 1.0


class Checkpoints:
    """A thread that copies what was committed, over a connection of its own.

    It never keeps the writer waiting; what it has not reached when the log is four times as
    long as usual the writer copies itself, and then the log begins anew.
    """

    def __init__(self, address: URL) -> None:
        self._connection = Connection(address)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="gyeot-checkpoints", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop copying."""
        self._over.set()
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        while not self._over.wait(EVERY_S):
            with suppress(*self._connection.errors):  # the disk is full or busy: once more later
                self._connection.rows("PRAGMA wal_checkpoint(PASSIVE)")
