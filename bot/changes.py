"""Waiting for conversations to change: woken by the bell, and looking again by the clock."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from storage.database import Database
from storage.signals import Subscription

NAP_S = 1.0


class Changes:
    """What one worker or socket waits with."""

    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription

    async def wait(self, seconds: float) -> set[int]:
        """Return the conversations that changed; empty when nothing did for so long."""
        try:
            async with asyncio.timeout(seconds):
                return await anext(self._subscription)
        except TimeoutError:
            return set()


async def pause(database: Database, seconds: float) -> None:
    """Wait until so much has passed by the database's own clock, which a demo may move."""
    begun, wait_ms = database.clock(), seconds * 1000
    while abs(database.clock() - begun) < wait_ms:  # noqa: ASYNC110  # a clock rings no bell
        await asyncio.sleep(min(seconds, NAP_S))


@contextmanager
def listening(database: Database) -> Iterator[Changes]:
    """Listen until the block ends."""
    subscription = database.signals.subscribe()
    try:
        yield Changes(subscription)
    finally:
        subscription.close()
