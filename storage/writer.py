"""The one writer: turns that gathered while the last commit ran share the next one."""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from storage.batch import Batch
from storage.connection import Connection
from storage.entries import Target
from storage.errors import StorageError, UnavailableError
from storage.means import Means, destroy, unfinished
from storage.page import Page
from storage.turn_statements import TurnStatements

log = logging.getLogger(__name__)

MOST = 256
"""Turns in one commit."""

TRIES = 5
"""How often a turn that met another process's is run again."""


class Work:
    """One turn that was asked for, and who waits for it."""

    __slots__ = ("aloud", "error", "future", "job", "result", "target")

    def __init__(
        self,
        target: Target,
        job: Callable[[Page], Any],
        future: "asyncio.Future[Any]",
        *,
        aloud: bool = True,
    ) -> None:
        self.aloud = aloud
        self.target = target
        self.job = job
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None

    def tell(self) -> None:
        """Give the one who waits what came out; called in the event loop."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Writer:
    """A thread that alone writes turns, over one connection of its own."""

    def __init__(
        self,
        connection: Connection,
        means: Means,
        turnstile: AbstractContextManager[object],
        tell: Callable[[Sequence[Work], set[int]], None],
    ) -> None:
        self._connection = connection
        self._means = means
        self._turnstile = turnstile
        self._tell = tell
        self._sql = TurnStatements(connection)
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="gyeot-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> None:
        """Have a turn written as soon as may be."""
        self._queue.put(work)

    def close(self) -> None:
        """Write what was asked for so far, then end."""
        self._queue.put(None)
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        self._make_up()
        running = True
        while running:
            gathered = self._gathered()
            running = gathered[-1] is not None
            wanted = [work for work in gathered if work and not work.future.cancelled()]
            if wanted:
                with self._turnstile:
                    rung = self._write(wanted)
                self._tell(wanted, rung)

    def _gathered(self) -> list[Work | None]:
        gathered = [self._queue.get()]
        while gathered[-1] is not None and len(gathered) < MOST:
            try:
                gathered.append(self._queue.get_nowait())
            except queue.Empty:
                break
        return gathered

    def _write(self, wanted: Sequence[Work]) -> set[int]:
        """Write all in one transaction; if the database refuses it, each in its own."""
        try:
            batch = self._attempt(wanted)
        except Exception as error:  # noqa: BLE001  # whatever it was, it comes again for the one it concerns
            if not self._reached():
                for work in wanted:
                    work.error = _unavailable(error)
                return set()
            return set().union(*(self._alone(work) for work in wanted))
        return self._followed(batch)

    def _alone(self, work: Work) -> set[int]:
        for _ in range(TRIES):
            try:
                return self._followed(self._attempt([work]))
            except StorageError as error:
                work.error = error
                break
            except self._connection.errors as error:
                work.error = _unavailable(error)
                again = isinstance(error, self._connection.conflicts) or self._connection.broken
                if not (again and self._reached()):
                    break
            except Exception as error:  # noqa: BLE001  # it is given to the one who asked for the turn
                work.error = error
                break
        return set()

    def _attempt(self, wanted: Sequence[Work]) -> Batch:
        """Run the jobs and commit what they want written.

        An error says that nothing of it was written or, when the server went away during
        the commit, that all of it may have been: jobs can be run again.
        """
        self._connection.ensure()
        batch = Batch(self._connection, self._sql, self._means.keys, self._means.clock())
        with self._connection.transaction():
            batch.fetch([work.target for work in wanted])
            for work in wanted:
                _run(batch, work)
            batch.flush()
        return batch

    def _make_up(self) -> None:
        """Destroy what an earlier process had erased, but not yet destroyed."""
        try:
            partings = unfinished(self._connection, self._sql)
            if partings:
                destroy(self._connection, self._means, self._sql, partings)
        except Exception:
            log.exception("what was erased is still to be destroyed")

    def _reached(self) -> bool:
        """Say whether the server is there, connecting once if it went away."""
        try:
            self._connection.ensure()
        except self._connection.errors:
            return False
        return True

    def _followed(self, batch: Batch) -> set[int]:
        """Do what had to wait for the commit; what fails here, the next start makes up for."""
        if batch.partings:
            try:
                destroy(self._connection, self._means, self._sql, batch.partings)
            except Exception:
                log.exception("what was erased is still to be destroyed")
        return batch.rung


def _unavailable(error: Exception) -> UnavailableError:
    return UnavailableError(f"nothing was stored: {type(error).__name__}")


def _run(batch: Batch, work: Work) -> None:
    """Run one job; what it raises is its own affair, what the database raises is everybody's."""
    page = Page(batch, work.target)
    work.error = None
    try:
        work.result = work.job(page)
        draft = page.finish()
    except batch.errors:
        raise
    except Exception as error:  # noqa: BLE001  # it is given to the one who asked for the turn
        page.undo()
        work.error = error
        return
    batch.absorb(draft, aloud=work.aloud)
