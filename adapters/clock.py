"""A clock that may be moved forward: what the stand-ins and a demo go by."""

import time
from collections.abc import Callable


class Clock:
    """Wall time in seconds, plus what a test has added to it."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._watchers: list[Callable[[], None]] = []

    def now(self) -> float:
        """Return seconds since 1970."""
        return time.time() + self._ahead

    def now_ms(self) -> int:
        """Return milliseconds since 1970."""
        return round(self.now() * 1000)

    def advance(self, seconds: float) -> None:
        """Move forward and tell everyone who waits for a time of day."""
        self._ahead += seconds
        for watcher in tuple(self._watchers):
            watcher()

    def watch(self, watcher: Callable[[], None]) -> Callable[[], None]:
        """Call `watcher` after every move; returns what ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)
