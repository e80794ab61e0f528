"""Take back what stands in a messenger: our messages and hers, where that is still allowed."""

import asyncio
from typing import Protocol, runtime_checkable

from adapters.base import Address, Channel
from storage import conversations, transcripts
from storage.database import Database
from storage.entries import Entry
from storage.page import Page
from storage.timers import Timer
from storage.transcripts import Written

CLEAR = "clear"
"""The timer that asks for it; its body names the last entry that goes."""
DELETABLE_MS = 48 * 60 * 60 * 1000
"""Telegram lets a bot delete a message for so long."""
AT_ONCE = 8
AGAIN_MS = 20_000
"""What was on its way out while we cleared is cleared then."""


@runtime_checkable
class Deleting(Protocol):
    """A channel that can take messages back."""

    async def delete(self, to: Address, platform_id: str) -> bool:
        """Delete one message on both sides; False when it is no longer allowed."""


async def clear(database: Database, channel: Channel | None, timer: Timer) -> None:
    """Carry out one clearing and note for the counselor what went and what stays.

    Raises:
        SendError: the platform cannot be reached now; the timer comes again.
    """
    conversation = await conversations.find(database, timer.conversation_id)
    if conversation is None or conversation.parted:
        return
    reading = await transcripts.read(database, conversation.id)
    oldest = database.clock() - DELETABLE_MS
    goes = [one for one in reading.entries if one.seq <= int(timer.body["last"])]
    ids = [each for one in goes if one.at >= oldest for each in _ids(one)]
    late = sum(len(_ids(one)) for one in goes if one.at < oldest)
    gone = 0
    if isinstance(channel, Deleting):
        turnstile = asyncio.Semaphore(AT_ONCE)

        async def delete(each: str) -> bool:
            async with turnstile:
                return await channel.delete(conversation.address, each)

        gone = sum(await asyncio.gather(*(delete(each) for each in ids)))
    note = f"cleared: {gone} of {len(ids) + late}"
    await database.turn(conversation.id, lambda page: _noted(page, timer, note))


def _noted(page: Page, timer: Timer, note: str) -> None:
    conversation = page.conversation()
    if conversation is None or conversation.parted or not page.take_timer(timer.id):
        return
    page.add(Entry(author="system", kind="note", text=note))
    if not timer.body.get("again"):
        page.timer(CLEAR, page.now + AGAIN_MS, {**timer.body, "again": True})


def _ids(written: Written) -> tuple[str, ...]:
    own = written.entry.platform_id
    return (own,) if own and written.author == "person" else written.platform_ids
