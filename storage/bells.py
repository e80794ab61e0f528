"""The bell between processes: ids of conversations that changed, never anything else.

Redis carries it where there is one, else PostgreSQL. The database stays the truth: whoever
was cut off from the bell looks at everything again, and while cut off, every half second.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from secrets import token_hex
from typing import Protocol

from storage.signals import LOOK_AGAIN

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
AGAIN_SECONDS = 1.0
MOST_IDS = 300
"""As many as fit into one message of PostgreSQL; more say: look at everything."""

FAILURES = (OSError, TimeoutError)
"""What a wire raises when it is broken."""


class Wire(Protocol):
    """What carries the bell."""

    async def say(self, message: str) -> None:
        """Let all who listen hear this."""

    def hear(self) -> AsyncGenerator[str, None]:
        """Yield what is said, the own words too; an empty one once it listens."""

    async def close(self) -> None:
        """Hang up."""


class Bell:
    """Rings in other processes what changed in this one, and here what changed there."""

    def __init__(self, wire: Wire, ring: Callable[[Iterable[int]], None]) -> None:
        self._wire = wire
        self._ring = ring
        self._me = token_hex(4)
        self._silent = False
        self._ids: set[int] = set()
        self._changed = asyncio.Event()
        self._tasks = [asyncio.create_task(each()) for each in (self._say_all, self._hear_all)]

    def tell(self, ids: Iterable[int]) -> None:
        """Ring elsewhere as soon as may be; many changes go as one message."""
        self._ids.update(ids)
        self._changed.set()

    async def close(self) -> None:
        """Stop ringing and listening."""
        running = set(self._tasks)
        while running:  # a library may take a cancellation for a timeout of its own
            for task in running:
                task.cancel()
            _, running = await asyncio.wait(running, timeout=AGAIN_SECONDS)
        await self._wire.close()

    async def _say_all(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            ids, self._ids = self._ids, set()
            told = ids if len(ids) <= MOST_IDS else [LOOK_AGAIN]
            try:
                await self._wire.say(f"{self._me}:{','.join(map(str, told))}")
            except FAILURES as error:  # the others notice by themselves, and look again
                self._complain(error)

    async def _hear_all(self) -> None:
        while True:
            try:
                async with aclosing(self._wire.hear()) as messages:
                    async for message in messages:
                        self._heard(message)
            except FAILURES as error:
                self._complain(error)
            self._ring([LOOK_AGAIN])
            await asyncio.sleep(LOOK_SECONDS)

    def _complain(self, error: BaseException) -> None:
        """Say once that the bell is silent, not twice a second."""
        if not self._silent:
            log.warning("the bell between processes is silent: %s", type(error).__name__)
        self._silent = True

    def _heard(self, message: str) -> None:
        self._silent = False
        sender, _, ids = message.partition(":")
        if not ids.replace(",", "").isdecimal():
            self._ring([LOOK_AGAIN])  # it has just begun to listen, or hears a stranger
        elif sender != self._me:
            self._ring(map(int, ids.split(",")))
