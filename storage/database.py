"""The way to everything we remember: turns by the one writer, slow reads and writes in threads."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlmodel import Session

from storage.bells import Bell
from storage.checkpoints import Checkpoints
from storage.connection import Connection, parsed
from storage.engines import WRITES, engine_for
from storage.entries import Target
from storage.keys import KeyStore
from storage.master import MasterKey
from storage.means import Means
from storage.migrating import ready
from storage.page import Page
from storage.passwords import Passwords
from storage.signals import Signals
from storage.turnstile import Turnstile
from storage.writer import Work, Writer

T = TypeVar("T")

THREADS = 4
"""Slow reads and writes at once."""


class Database:
    """What the rest of the house may ask; an asynchronous context manager.

    Attributes:
        keys: The store of keys, for what reads sealed columns.
        passwords: Makes and checks hashes.
        files: The folder of attachments.
        clock: Milliseconds since 1970.
        signals: Rings after every commit that changed a conversation.
    """

    def __init__(
        self, url: str, keys: KeyStore, files: Path, clock: Callable[[], int] | None = None
    ) -> None:
        self.keys = keys
        self.files = files
        self.signals = Signals()
        self.passwords = Passwords()
        self._bell: Bell | None = None
        self._clock = clock or wall_clock
        address = parsed(url)
        self._loop = asyncio.get_running_loop()
        self._threads = ThreadPoolExecutor(THREADS, "gyeot-storage")
        self._engine = engine_for(address, THREADS)
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._turnstile = Turnstile()
        connection = Connection(address)
        self._one_writes = connection.sqlite
        means = Means(keys, files, self.clock)
        self._writer = Writer(connection, means, self._turnstile, self._tell)
        self._checkpoints = Checkpoints(address) if connection.sqlite else None

    @classmethod
    async def open(  # noqa: PLR0913  # the places of a store, each once
        cls,
        url: str,
        keys_url: str,
        master: MasterKey,
        files: Path,
        clock: Callable[[], int] | None = None,
        *,
        redis_url: str | None = None,
    ) -> Self:
        """Open the store; an empty database is given its tables.

        Args:
            url: The database.
            keys_url: The store of keys; on PostgreSQL it may be the same server.
            master: What the keys are wrapped with.
            files: The folder of attachments.
            clock: Milliseconds since 1970; the time of day if None.
            redis_url: The bell between processes; PostgreSQL rings it if None.

        Raises:
            MissingKeyError: this is not the master key of these keys.
            OutdatedError: the database wants `gyeot migrate`.
        """
        keys = await asyncio.to_thread(KeyStore, keys_url, master)
        try:
            await asyncio.to_thread(_prepare, url, files)
            database = cls(url, keys, files, clock)
        except BaseException:
            keys.close()
            raise
        if redis_url or not database._one_writes:
            from storage.wires import wire_for  # noqa: PLC0415  # a third of a second for those who use it

            database._bell = Bell(wire_for(url, redis_url), database.signals.ring)
        return database

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def shared(self) -> bool:
        """Whether other processes may write to it too."""
        return not self._one_writes

    def clock(self) -> int:
        """Return the time by which everything is stamped, in milliseconds since 1970."""
        return self._clock()

    async def turn(self, target: Target, job: Callable[[Page], T], *, aloud: bool = True) -> T:
        """Run a job on one conversation and return what it returned, once it is on disk.

        Args:
            target: Whose turn it is.
            job: Reads and changes its page and nothing else; may be run again.
            aloud: Tell who looks at a conversation that it changed.

        Raises:
            UnavailableError: nothing was stored.
            Exception: what the job raised; then nothing was stored either.
        """
        return await self.begin(target, job, aloud=aloud)

    def begin(
        self, target: Target, job: Callable[[Page], T], *, aloud: bool = True
    ) -> "asyncio.Future[T]":
        """Have such a turn run; it is, whether anybody waits for it or not."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._writer.submit(Work(target, job, future, aloud=aloud))
        return future

    async def read(self, job: Callable[[Session], T]) -> T:
        """Run a job that only reads, in a thread."""
        return await self._loop.run_in_executor(self._threads, self._read, job)

    async def write(self, job: Callable[[Session], T]) -> T:
        """Run a job in a transaction, in a thread; it never touches conversations."""
        return await self._loop.run_in_executor(self._threads, self._write, job)

    def changed(self, ids: set[int]) -> None:
        """Tell who looks at these conversations, in any process, that they changed."""
        self.signals.ring(ids)
        if self._bell:
            self._bell.tell(ids)

    async def close(self) -> None:
        """Write what was asked for, then close everything."""
        if self._bell:
            await self._bell.close()
        await self._loop.run_in_executor(None, self._close)

    def _read(self, job: Callable[[Session], T]) -> T:
        with Session(self._engine) as session:
            return job(session)

    def _write(self, job: Callable[[Session], T]) -> T:
        passing: AbstractContextManager[None]
        passing = self._turnstile.slow() if self._one_writes else nullcontext()
        with (
            passing,
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            return job(session)

    def _close(self) -> None:
        self._writer.close()
        if self._checkpoints:
            self._checkpoints.close()
        self._threads.shutdown()
        self.passwords.close()
        self._engine.dispose()
        self.keys.close()

    def _tell(self, done: Sequence[Work], rung: set[int]) -> None:
        self._loop.call_soon_threadsafe(self._told, done, rung)

    def _told(self, done: Sequence[Work], rung: set[int]) -> None:
        for work in done:
            work.tell()
        if rung:
            self.changed(rung)


def wall_clock() -> int:
    """Return the time of day in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _prepare(url: str, files: Path) -> None:
    files.mkdir(mode=0o700, parents=True, exist_ok=True)
    ready(url)
