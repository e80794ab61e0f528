"""The clock: timers that are due become events, and files that were announced are fetched."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from adapters.base import Channel, SendError
from bot.changes import listening
from bot.filetypes import UnknownTypeError, sniff
from bot.logs import log
from bot.service import Service
from storage import attachments, timers
from storage.attachments import Wanted
from storage.database import Database

LOOK_S = 1.0
AT_ONCE = 20
FETCHES = 4
LEASE_S = 30.0
TRIES = 8


async def tick(database: Database, service: Service) -> None:
    """Let timers go off for ever."""
    while True:
        due = await timers.claim(database, AT_ONCE, LEASE_S)
        for timer in due:
            await service.tick(timer)
        if not due:
            await asyncio.sleep(LOOK_S)


async def fetch(database: Database, channels: Mapping[str, Channel]) -> None:
    """Fetch announced files for ever, as soon as they are announced."""
    with listening(database) as changes:
        while True:
            wanted = await attachments.claim(database, FETCHES, LEASE_S)
            if wanted:
                await asyncio.gather(*(_fetch(database, channels, one) for one in wanted))
            else:
                await changes.wait(LOOK_S)


async def _fetch(database: Database, channels: Mapping[str, Channel], wanted: Wanted) -> None:
    name, _, source = wanted.attachment.source.partition(":")
    channel = channels.get(name)
    if channel is None:
        await attachments.refuse(database, wanted, "the channel is switched off")
        return
    try:
        content = await channel.fetch(replace(wanted.attachment, source=source))
    except SendError as error:
        log().warning("file not fetched", channel=name, reason=error.reason)
        if error.retry_after is None or wanted.tries >= TRIES:
            await attachments.refuse(database, wanted, error.reason)
        return  # otherwise it is ours again when the lease ends
    try:
        mime = sniff(content)
    except UnknownTypeError as error:
        await attachments.refuse(database, wanted, str(error))
        return
    await attachments.keep(database, wanted, content, mime)
