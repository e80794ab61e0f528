"""A store with the acts of counselors and nothing else: for races, and for time that is moved."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.console.keeper import Keeper
from bot.counsel.holding import Holding
from bot.counsel.judging import Judging
from bot.counsel.passing import Passing
from bot.counsel.talking import Talking
from bot.publishing import publish
from bot.service import Service
from flows.messages import Inbound, Kind
from storage import conversations
from storage.conversation import Conversation
from storage.database import Database
from storage.entries import Entry
from storage.page import Page
from tests.bot.town import sources
from tests.storage.places import place_at


@dataclass
class Clock:
    """A time that goes on only when it is moved; it begins now."""

    now: int = field(default_factory=lambda: time.time_ns() // 1_000_000)

    def __call__(self) -> int:
        return self.now


@dataclass
class Counter:
    """Counts how often it is called."""

    count: int = 0

    def __call__(self) -> None:
        self.count += 1


@dataclass
class Room:
    """What the tests act on."""

    database: Database
    service: Service
    clock: Clock
    talking: Talking
    passing: Passing
    judging: Judging
    _messages: int = 0

    async def says(self, person: str, text: str, channel: str = "web") -> int:
        """Let a person write; returns her conversation."""
        self._messages += 1
        name = f"{channel}-{person}-{self._messages}"
        inbound = Inbound(channel, person, name, Kind.TEXT, text=text, language="ko")
        return (await self.service.receive(inbound)).conversation

    async def waits(self, person: str, channel: str = "web") -> int:
        """Let a person ask for a counselor."""
        return await self.says(person, "상담사", channel)

    async def bot_says(self, number: int, count: int) -> None:
        """Let the bot have something to say that has not gone out."""

        def job(page: Page) -> None:
            for n in range(count):
                page.add(Entry(author="bot", text=f"봇의 말 {n}"), "ready")

        await self.database.turn(number, job)

    async def stands(self, number: int) -> Conversation:
        """Return a conversation."""
        found = await conversations.find(self.database, number)
        assert found is not None
        return found


@asynccontextmanager
async def open_room(url: str, folder: Path) -> AsyncIterator[Room]:
    """Open a store with the shipped scripts."""
    clock = Clock()
    database = await place_at(url, folder).open(clock)
    try:
        versions = await publish(database, sources(), checked=False)
        holding = Holding(database, versions)
        acts = Talking(holding), Passing(holding), Judging(holding)
        yield Room(database, Service(database, versions), clock, *acts)
    finally:
        await database.close()


def keeper_of(room: Room, told: Counter) -> Keeper:
    """Return a keeper that looks when it is told to."""
    return Keeper(room.database, room.passing, told)
