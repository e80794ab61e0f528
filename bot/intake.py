"""Intake: updates of Telegram, by asking or by webhook; nothing is confirmed before its commit."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.base import ReadError, SendError
from adapters.telegram.reading import Leave
from bot.logs import log
from bot.service import Service
from bot.watch import Watch
from storage import leases
from storage.database import Database

if TYPE_CHECKING:
    from adapters.telegram.channel import Telegram

POLL_S = 10
PAUSE_S = 1.0
LEASE = "telegram intake"
LEASE_S = 25.0
CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes in what Telegram says.

    Attributes:
        holder: Who asks, among several processes; the same again after a restart.
    """

    service: Service
    telegram: "Telegram"
    watch: Watch
    holder: str = "one"

    async def take(self, update: Any) -> None:  # noqa: ANN401  # any JSON
        """Take in one update; returns after the commit. What cannot be read is noted."""
        try:
            readings = self.telegram.read(update)
        except ReadError as error:
            log().warning("update not read", channel=CHANNEL, reason=str(error))
            return
        for reading in readings:
            if isinstance(reading, Leave):
                self.watch.over(self.telegram.leave(reading.chat_id))
                continue
            await self.service.receive(reading)
            if reading.press is not None:
                self.watch.over(self.telegram.acknowledge(reading))

    async def poll(self, database: Database) -> None:
        """Ask for updates for ever; a batch is confirmed only by asking for what follows it."""
        while not await leases.hold(  # noqa: ASYNC110  # others hold it in other processes
            database, LEASE, self.holder, LEASE_S
        ):
            await asyncio.sleep(PAUSE_S)  # another process asks; Telegram allows only one
        await _until_done(self.telegram.delete_webhook)
        offset = await database.turn(None, lambda page: page.position(CHANNEL))
        while await leases.hold(database, LEASE, self.holder, LEASE_S):
            try:
                updates = await self.telegram.get_updates(offset, POLL_S)
            except SendError as error:
                log().warning("no updates", channel=CHANNEL, reason=error.reason)
                await asyncio.sleep(error.retry_after or PAUSE_S)
                continue
            if updates:
                offset = await self._take_batch(updates, offset)
                await _keep_offset(database, offset)

    async def _take_batch(self, updates: list[dict[str, Any]], offset: int) -> int:
        """Take in a batch, in one commit where it fits; returns the next offset."""
        while True:
            takes = (self.take(update) for update in updates)
            taken = await asyncio.gather(*takes, return_exceptions=True)
            failed = next((error for error in taken if isinstance(error, BaseException)), None)
            if failed is None:
                break
            log().error("batch not kept", channel=CHANNEL, error=type(failed).__name__)
            await asyncio.sleep(PAUSE_S)  # nothing was confirmed; what was kept is known by its id
        numbers = [update.get("update_id") for update in updates]
        return max([offset, *(number + 1 for number in numbers if isinstance(number, int))])


async def _keep_offset(database: Database, offset: int) -> None:
    await database.turn(None, lambda page: page.move_position(CHANNEL, offset))


async def _until_done(call: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await call()
        except SendError as error:
            log().warning("Telegram not reached", channel=CHANNEL, reason=error.reason)
            await asyncio.sleep(error.retry_after or PAUSE_S)
        else:
            return
