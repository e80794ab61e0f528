"""Background work that somebody watches: a failure is logged and the work begins again."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.logs import log

RESTART_S = 1.0


class Watch:
    """Holds the background tasks of one application."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._tasks: set[asyncio.Task[None]] = set()

    def over(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something run once, and log if it fails."""
        self._hold(asyncio.ensure_future(_once(work)))

    def forever(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Let something run until the end; when it fails it begins again."""
        self._hold(asyncio.ensure_future(_forever(name, work)))

    async def close(self) -> None:
        """Stop everything and wait for it."""
        running = set(self._tasks)
        while running:  # a library may take a cancellation for a timeout of its own
            for task in running:
                task.cancel()
            _, running = await asyncio.wait(running, timeout=RESTART_S)

    def _hold(self, task: "asyncio.Task[None]") -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _once(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001  # it must not die unseen
        log().error("background work failed", error=type(error).__name__)


async def _forever(name: str, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001  # a loop that must not die
            log().error("background work failed", worker=name, error=type(error).__name__)
        await asyncio.sleep(RESTART_S)
