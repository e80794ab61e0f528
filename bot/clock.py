"""The clock: timers that are due become events, and files that were announced are fetched."""

import asyncio
import contextlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from adapters.base import Channel, SendError
from bot.casework import consenting, opinion
from bot.casework.tapping import CONSENT
from bot.changes import listening
from bot.filetypes import UnknownTypeError, sniff
from bot.logs import log
from bot.safety.clearing import CLEAR, clear
from bot.service import Service
from storage import attachments, clockwork, conversations
from storage.attachments import Wanted
from storage.database import Database
from storage.errors import GoneError
from storage.timers import Timer

LOOK_S = 1.0
AT_ONCE = 20
FETCHES = 4
FETCH_S = 0.1
LEASE_S = 30.0
TRIES = 8
UPLOAD_S = 24 * 60 * 60


async def tick(database: Database, service: Service, channels: Mapping[str, Channel]) -> None:
    """Let timers go off for ever."""
    while True:
        due = await clockwork.claim(database, AT_ONCE, LEASE_S)
        for timer in due:
            if timer.kind == CLEAR:
                await _clear(database, channels, timer)
            elif timer.kind == CONSENT:
                await consenting.settle(database, timer)
            elif timer.kind == opinion.KIND:
                await opinion.ask(database, service, timer)
            else:
                await service.tick(timer)
        if not due:
            await asyncio.sleep(LOOK_S)


async def _clear(database: Database, channels: Mapping[str, Channel], timer: Timer) -> None:
    conversation = await conversations.find(database, timer.conversation_id)
    channel = channels.get(conversation.channel) if conversation else None
    try:
        await clear(database, channel, timer)
    except SendError as error:  # it is ours again when the lease ends
        log().warning("not cleared yet", reason=error.reason)


async def fetch(database: Database, channels: Mapping[str, Channel], uploads: Path) -> None:
    """Fetch announced files for ever, as soon as they are announced; uploads go once sealed."""
    _sweep(uploads)
    with listening(database) as changes:
        while True:
            wanted = await attachments.claim(database, FETCHES, LEASE_S)
            if wanted:
                await asyncio.gather(*(_fetch(database, channels, one) for one in wanted))
                _drop(uploads, wanted)
            else:
                await changes.wait(LOOK_S)
                await asyncio.sleep(FETCH_S)  # most changes announce no file


def _sweep(uploads: Path) -> None:
    """Take away uploads that no message announced, such as those of a broken connection."""
    before = time.time() - UPLOAD_S
    for path in uploads.glob("*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def _drop(uploads: Path, fetched: Iterable[Wanted]) -> None:
    """Take away the open bytes of the web chat's files: they are sealed now, or refused."""
    for wanted in fetched:
        name, _, source = wanted.attachment.source.partition(":")
        if name == "web":
            (uploads / source).unlink(missing_ok=True)


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
    with contextlib.suppress(GoneError):  # she erased it meanwhile
        await attachments.keep(database, wanted, content, mime)
