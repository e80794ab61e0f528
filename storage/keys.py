"""The store of keys, apart from what they close: destroying a key erases what it closed.

A key is on disk before the first message that needs it: keys are made in advance, many in
one commit, each with the random id of a conversation that may once use it.
"""

import hmac
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from os import urandom
from typing import Any

from storage.connection import Connection, Row, parsed
from storage.errors import GoneError, MissingKeyError, SealError
from storage.ids import new_ids
from storage.key_tables import SCHEMA, KeyStatements
from storage.master import MasterKey
from storage.sealing import KEY_BYTES, Sealer
from storage.statements import Change

CACHED = 1024
CACHE_SECONDS = 60.0
HASH_BYTES = 16


class KeyStore:
    """Every conversation's key, wrapped by the master key; safe to use from several threads."""

    def __init__(self, url: str, master: MasterKey) -> None:
        self._master = master
        self._lock = threading.RLock()
        self._cache: dict[int, tuple[Sealer, float]] = {}
        self._spares: list[tuple[int, Sealer]] = []
        self._connection = Connection(parsed(url))
        self._sql = KeyStatements(sqlite=self._connection.sqlite)
        try:
            self._make_tables()
            index, self._words, self._audit = map(self._named, ("index", "word", "audit"))
            self._indexing = hmac.new(index, digestmod="sha256")
        except BaseException:
            self._connection.close()
            raise

    def hash(self, *parts: str) -> bytes:
        """Return the keyed hash by which an address or a code is found, and not read."""
        mac = self._indexing.copy()  # unlike `hmac.digest` it does not give way to other threads
        mac.update("\0".join(parts).encode())
        return mac.digest()[:HASH_BYTES]

    def verifier(self, salt: bytes, word: str) -> bytes:
        """Return what is kept of a secret word."""
        return hmac.digest(self._words, salt + word.encode(), "sha256")

    def link(self, before: bytes, entry: bytes) -> bytes:
        """Return the link of the access log's chain that follows `before`."""
        return hmac.digest(self._audit, before + entry, "sha256")

    def house(self, purpose: str) -> Sealer:
        """Return a key of the house itself for one purpose, such as second factors."""
        return Sealer(hmac.digest(self._words, f"house:{purpose}".encode(), "sha256"))

    def spare(self) -> tuple[int, Sealer]:
        """Return the id and the key of something new; the key is on disk already."""
        with self._lock:
            if not self._spares:
                self._spares = self._made()
            number, sealer = self._spares.pop()
            self._remember(number, sealer)
            return number, sealer

    def sealer(self, number: int) -> Sealer:
        """Return the key of one conversation.

        Raises:
            GoneError: it was destroyed, or never was.
        """
        found = self.sealers([number]).get(number)
        if found is None:
            raise GoneError("the key was destroyed: this was erased")
        return found

    def sealers(self, numbers: Sequence[int]) -> dict[int, Sealer]:
        """Return the keys that still are, in one query for those not at hand.

        A key that was altered opens nothing: whatever is asked of it raises `SealError`.
        """
        now = time.monotonic()
        found = {}
        missing = []
        for number in numbers:
            known = self._cache.get(number)
            if known and known[1] > now:
                found[number] = known[0]
            else:
                missing.append(number)
        if missing:
            found.update(self._fetched(missing))
        return found

    def shred(self, numbers: Sequence[int]) -> None:
        """Destroy keys; on SQLite nothing of them is left in its files."""
        with self._lock:
            for number in numbers:
                self._cache.pop(number, None)
            self._write(self._sql.shred, [(number,) for number in numbers])
            self._connection.wipe(f"{SCHEMA}.sealing_key")

    def rotate(self, master: MasterKey) -> int:
        """Wrap every key anew with the newest key of `master`, which must know the old ones.

        May be killed and run again at any point. Returns how many were wrapped.
        """
        changed = 0
        with self._lock:
            self._master = master
            for name, epoch, wrapped in self._rows(self._sql.old_named, (master.epoch,)):
                again = self._again(f"named|{name}", epoch, wrapped)
                self._write(self._sql.rename, [(*again, name)])
                changed += 1
            while old := self._rows(self._sql.old_keys, (master.epoch,)):
                again_each = [(*self._again(f"key|{row[0]}", *row[1:]), row[0]) for row in old]
                self._write(self._sql.rewrap, again_each)
                changed += len(old)
            self._connection.wipe(f"{SCHEMA}.sealing_key")
        return changed

    def dump(self) -> tuple[list[Row], list[Row]]:
        """Return the named keys and the others, each with its epoch and wrapped."""
        with self._lock:
            return self._rows(self._sql.all_named), self._rows(self._sql.all_keys)

    def close(self) -> None:
        """Destroy the keys that nobody used, and hang up."""
        with self._lock:
            if self._spares and not self._connection.broken:
                with suppress(*self._connection.errors):  # a key that closes nothing harms nobody
                    self._write(self._sql.shred, [(number,) for number, _ in self._spares])
            self._spares = []
            self._cache.clear()
            self._connection.close()

    def _made(self) -> list[tuple[int, Sealer]]:
        """Return new keys; the last is used first."""
        keys = {number: urandom(KEY_BYTES) for number in reversed(new_ids())}
        rows = [(number, *self._wrapped(f"key|{number}", key)) for number, key in keys.items()]
        self._write(self._sql.insert, rows)
        return [(number, Sealer(key)) for number, key in keys.items()]

    def _fetched(self, numbers: list[int]) -> dict[int, Sealer]:
        found = {}
        with self._lock:
            for text, values in self._sql.keys.parts(numbers):
                for number, epoch, wrapped in self._rows(text, values):
                    found[number] = Sealer(self._unwrapped(number, epoch, wrapped))
                    self._remember(number, found[number])
        return found

    def _unwrapped(self, number: int, epoch: int, wrapped: bytes) -> bytes | None:
        """Return a key; None when it was altered: one such must not hide the others."""
        try:
            return self._master.unwrap(f"key|{number}", epoch, wrapped)
        except SealError:
            return None

    def _remember(self, number: int, sealer: Sealer) -> None:
        while len(self._cache) >= CACHED:
            del self._cache[next(iter(self._cache))]
        self._cache[number] = sealer, time.monotonic() + CACHE_SECONDS

    def _wrapped(self, place: str, key: bytes) -> tuple[int, bytes]:
        return self._master.epoch, self._master.wrap(place, key)

    def _again(self, place: str, epoch: int, wrapped: bytes) -> tuple[int, bytes]:
        return self._wrapped(place, self._master.unwrap(place, epoch, wrapped))

    def _named(self, name: str) -> bytes:
        """Return the key of this name; the first who asks makes it."""
        place = f"named|{name}"
        if not self._rows(self._sql.named, (name,)):
            self._write(self._sql.name, [(name, *self._wrapped(place, urandom(KEY_BYTES)))])
        ((epoch, wrapped),) = self._rows(self._sql.named, (name,))
        try:
            return self._master.unwrap(place, epoch, wrapped)
        except (SealError, MissingKeyError):
            raise MissingKeyError("this is not the master key of these keys") from None

    def _rows(self, text: str, values: Sequence[Any] = ()) -> list[Row]:
        """Query, once more if the server went away, and leave no transaction open."""
        self._connection.ensure()
        try:
            return self._connection.rows(text, values)
        except self._connection.errors:
            if not self._connection.broken:
                raise
            self._connection.reopen()
            return self._connection.rows(text, values)
        finally:
            self._connection.rollback()

    def _write(self, change: Change, rows: Sequence[Row]) -> None:
        self._connection.ensure()
        with self._connection.transaction():
            self._connection.many(change, rows)

    def _make_tables(self) -> None:
        with self._connection.transaction():
            for text in self._sql.make:
                self._connection.run(text)
