"""Delivery: what the outbox holds for a push channel goes out, in order, once the turn is kept."""

import asyncio

from adapters.base import PushChannel, SendError
from bot.changes import listening
from bot.logs import log
from storage import outbox
from storage.database import Database
from storage.outbox import Due, Outcome

LEASE_S = 60
LOOK_S = 0.5
AT_ONCE = 32
"""Sends in flight: what a crash may repeat on Telegram, at most."""
MOST_WAIT_S = 300.0
MOST_ATTEMPTS = 400
"""With the longest wait between them: more than a day."""
OUR_FAULT_S = 30.0


async def deliver(database: Database, channel: PushChannel) -> None:
    """Deliver for ever; nobody waits for somebody else's slow sending.

    Wakes when a conversation changes, and looks every half second.
    """
    sending: set[asyncio.Task[Outcome]] = set()
    done: set[asyncio.Task[Outcome]] = set()
    with listening(database) as changes:
        try:
            while True:
                room, outcomes = AT_ONCE - len(sending), [task.result() for task in done]
                due = await outbox.claim(database, channel.name, room, LEASE_S, outcomes)
                sending |= {asyncio.ensure_future(_send(database, channel, one)) for one in due}
                if not sending:
                    done = set()
                    await changes.wait(LOOK_S)
                    continue
                done, sending = await asyncio.wait(
                    sending, timeout=LOOK_S, return_when=asyncio.FIRST_COMPLETED
                )
        finally:
            for task in sending:
                task.cancel()


async def _send(database: Database, channel: PushChannel, due: Due) -> Outcome:
    try:
        ids = await channel.send(due.address, due.message)
    except SendError as error:
        return _failed(due, error, database.clock())
    except Exception as error:  # noqa: BLE001  # a fault of ours must not stop the others
        name = type(error).__name__
        log().error("send failed", channel=channel.name, error=name)
        return _failed(due, SendError(f"a fault of ours: {name}", OUR_FAULT_S), database.clock())
    return due.sent(*ids)


def _failed(due: Due, error: SendError, now: int) -> Outcome:
    if error.retry_after is None or due.attempts >= MOST_ATTEMPTS:
        return due.dead(error.reason)
    wait = min(MOST_WAIT_S, max(error.retry_after, 2.0 ** min(due.attempts, 6) / 4))
    return due.again(now + round(wait * 1000), error.reason, ambiguous=error.ambiguous)
