"""The clock: timers that are due become events, and files that were announced are fetched."""

import asyncio
from collections.abc import Mapping

from storage.attachments import Wanted

from adapters.base import Channel, SendError
from bot.changes import listening
from bot.logs import log
from bot.service import Service
from storage import attachments
from storage.database import Database

LOOK_S = 1.0
AT_ONCE = 20
FETCHES = 4
LATER_S = 5.0


async def tick(database: Database, service: Service) -> None:
    """Let timers go off for ever."""
    while True:
        due = await database.turn(None, lambda page: page.due_timers(AT_ONCE))
        for timer in due:
            await service.tick(timer.conversation_id, timer.kind)
            await database.turn(None, lambda page, done=timer: page.timer_done(done.id))
        if not due:
            await asyncio.sleep(LOOK_S)


async def fetch(database: Database, channels: Mapping[str, Channel]) -> None:
    """Fetch announced files for ever, as soon as they are announced."""
    with listening(database) as changes:
        while True:
            wanted = await attachments.wanted(database, FETCHES)
            if wanted:
                await asyncio.gather(*(_fetch(database, channels, one) for one in wanted))
            else:
                await changes.wait(LOOK_S)


async def _fetch(database: Database, channels: Mapping[str, Channel], wanted: Wanted) -> None:
    channel = channels.get(wanted.channel)
    if channel is None:
        await attachments.refuse(database, wanted, "the channel is switched off")
        return
    try:
        content = await channel.fetch(wanted.attachment)
    except SendError as error:
        log().warning("file not fetched", channel=wanted.channel, reason=error.reason)
        if error.retry_after is None:
            await attachments.refuse(database, wanted, error.reason)
        else:
            await attachments.later(database, wanted, max(error.retry_after, LATER_S))
        return
    await attachments.keep(database, wanted, content)
