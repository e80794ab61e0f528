"""A store whose time can be moved, and the service over it with the scripts that we ship."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from bot.counsel.holding import Hold, Holding
from bot.counsel.talking import Talking
from bot.service import Service
from bot.versions import Versions
from flows.bundle import compile_sources
from flows.compiled import CompiledFlow
from flows.messages import Inbound, Kind
from storage import staff, transcripts, voices
from storage.database import Database
from storage.transcripts import Written
from tests.bot.town import sources
from tests.storage.places import Clock, place_at


@dataclass
class Room:
    """A store, its clock and what speaks over it."""

    database: Database
    clock: Clock
    service: Service
    versions: Versions
    staff_id: int
    numbers: "count[int]"

    async def takes(self, number: int) -> None:
        """Let the counselor take a conversation over."""
        await self._talking().take(number, self._hold())

    async def answers(self, number: int, words: str) -> None:
        """Let the counselor write."""
        await self._talking().say(number, self._hold(), words, words)

    async def says(self, text: str, address: str = "her", channel: str = "telegram") -> None:
        """Let somebody write."""
        await self._does(Inbound(channel, address, f"m{next(self.numbers)}", text=text))

    async def presses(self, data: str, address: str = "her", channel: str = "telegram") -> None:
        """Let somebody press a button."""
        number = f"m{next(self.numbers)}"
        await self._does(Inbound(channel, address, number, Kind.PRESS, press=data))

    async def conversation(self, address: str = "her", channel: str = "telegram") -> int:
        """Return the number of somebody's conversation."""
        place = await voices.place(self.database, channel, address)
        assert place is not None
        return place.conversation_id

    async def written(self, address: str = "her", channel: str = "telegram") -> list[Written]:
        """Return everything that was said with somebody."""
        number = await self.conversation(address, channel)
        return (await transcripts.read(self.database, number)).entries

    def _talking(self) -> Talking:
        return Talking(Holding(self.database, self.versions))

    def _hold(self) -> Hold:
        return Hold(self.staff_id, "이음")

    async def _does(self, inbound: Inbound) -> None:
        await self.service.receive(inbound)


@asynccontextmanager
async def open_room(folder: Path, url: str = "") -> AsyncIterator[Room]:
    """Open a room with one counselor, in SQLite's file if no other place is given."""
    clock = Clock()
    database = await place_at(url or f"sqlite:///{folder}/gyeot.db", folder).open(clock)
    versions = Versions()
    versions.add(1, sources(), _flow())
    someone = staff.Newcomer("lee", "counselor", "a long password of the tests", "이음")
    counselor = await staff.add(database, someone)
    yield Room(database, clock, Service(database, versions), versions, counselor.id, count(1))
    await database.close()


@cache
def _flow() -> CompiledFlow:
    return compile_sources(sources())
