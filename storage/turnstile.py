"""Who may write to SQLite now: one at a time, and slow writes are not kept waiting for ever."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turnstile:
    """A lock in which a slow write comes before the writer's next batch."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._busy = False
        self._slow = 0

    def __enter__(self) -> None:
        """Let the writer's next batch begin."""
        with self._changed:
            self._changed.wait_for(lambda: not self._busy and not self._slow)
            self._busy = True

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._busy = False
            self._changed.notify_all()

    @contextmanager
    def slow(self) -> Iterator[None]:
        """Let one slow write run between two batches."""
        with self._changed:
            self._slow += 1
            self._changed.wait_for(lambda: not self._busy)
            self._busy = True
        try:
            yield
        finally:
            with self._changed:
                self._slow -= 1
                self._busy = False
                self._changed.notify_all()
