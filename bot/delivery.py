"""Delivery: what the outbox holds for a push channel goes out, in order, once the turn is kept."""

import asyncio

from adapters.base import PushChannel, SendError
from bot.changes import listening
from bot.logs import log
from storage import outbox
from storage.database import Database
from storage.outbox import Due, Outcome

BATCH = 256
LEASE_S = 60
LOOK_S = 0.5
AT_ONCE = 32
"""Sends in flight: what a crash may repeat on Telegram, at most."""
MOST_WAIT_S = 300.0
MOST_ATTEMPTS = 40
OUR_FAULT_S = 30.0


async def deliver_once(database: Database, channel: PushChannel) -> int:
    """Send what is due now and note how it fared; returns how many were tried."""
    due = await outbox.claim(database, channel.name, BATCH, LEASE_S)
    if not due:
        return 0
    gate = asyncio.Semaphore(AT_ONCE)
    outcomes = await asyncio.gather(*(_send(database, channel, one, gate) for one in due))
    await outbox.settle(database, outcomes)
    return len(due)


async def deliver(database: Database, channel: PushChannel) -> None:
    """Deliver for ever; wakes when a conversation changes, and looks every half second."""
    with listening(database) as changes:
        while True:
            try:
                if await deliver_once(database, channel):
                    continue
            except Exception as error:
                log().error("delivery failed", channel=channel.name, error=type(error).__name__)
                await asyncio.sleep(LOOK_S)
            await changes.wait(LOOK_S)


async def _send(
    database: Database, channel: PushChannel, due: Due, gate: asyncio.Semaphore
) -> Outcome:
    async with gate:
        try:
            ids = await channel.send(due.address, due.message)
        except SendError as error:
            return _failed(due, error, database.clock())
        except Exception as error:
            log().error("send failed", channel=channel.name, error=type(error).__name__)
            fault = SendError(f"a fault of ours: {type(error).__name__}", OUR_FAULT_S)
            return _failed(due, fault, database.clock())
    return due.sent(*ids)


def _failed(due: Due, error: SendError, now: int) -> Outcome:
    if error.retry_after is None or due.attempts >= MOST_ATTEMPTS:
        return due.dead(error.reason)
    wait = min(MOST_WAIT_S, max(error.retry_after, 2.0 ** min(due.attempts, 6) / 4))
    return due.again(now + round(wait * 1000), error.reason, ambiguous=error.ambiguous)
