"""A whole house for tests: a real store, a real server on a free port, phones and staff."""

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.app import application
from bot.demo import TOKEN, add_phones, demo_settings
from bot.house import House, open_house
from bot.settings import Settings
from flows.bundle import Sources, shipped
from storage import attachments, staff, transcripts, voices
from storage.announcing import Kept
from storage.database import Database
from storage.desk_tables import PresenceRow
from storage.master import MasterKey
from storage.transcripts import Written
from tests.bot.desks import Desk
from tests.bot.tabs import Tab

SECRET = "a-secret-of-the-tests-only"
BOT = "65ab00000000000000000bff"
OTHERS = ("counselor2", "counselor3", "counselor4", "admin2")
ROLES = ("counselor", "supervisor", "admin", "auditor")
PASSWORD = "a long password of the tests"
WAIT_S = 15.0
Json = dict[str, Any]


@cache
def sources() -> Sources:
    """Return the scripts that we ship, read once."""
    return shipped()


@dataclass
class Town:
    """A running house, and whoever speaks with it."""

    house: House
    url: str
    http: aiohttp.ClientSession
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def name(self) -> str:
        """Return a name that nobody here had before."""
        return f"p{next(self.numbers)}"

    async def kakao(self, person: str, text: str, **change: Any) -> Json:  # noqa: ANN401  # JSON
        """Let a person write on Kakao; returns the answer's body."""
        status, body = await self.post_kakao(skill(person, text), **change)
        assert status == 200, body
        return body

    async def post_kakao(
        self,
        body: Json | bytes,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Json]:
        """Call the webhook as Kakao does."""
        given = {"X-Gyeot-Secret": SECRET, **(headers or {})}
        raw = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with self.http.post(f"{self.url}/hooks/kakao", headers=given, **raw) as answer:
            return answer.status, await answer.json()

    async def phone(self, person: int, act: str, **body: Any) -> Json:  # noqa: ANN401  # JSON
        """Let a person do something on Telegram's stand-in."""
        address = f"{self.url}/standin/bot{TOKEN}/person/{person}/{act}"
        async with self.http.post(address, json=body) as answer:
            told: Json = await answer.json()
            assert told["ok"], told
            return told

    async def screen(self, person: int) -> list[Json]:
        """Return what a person on Telegram sees now."""
        address = f"{self.url}/standin/bot{TOKEN}/person/{person}/messages"
        async with self.http.get(address) as answer:
            messages: list[Json] = (await answer.json())["messages"]
            return messages

    async def sees(self, person: int, words: str) -> Json:
        """Wait until a person on Telegram sees a message of ours with these words."""
        async with asyncio.timeout(WAIT_S):
            while True:
                for message in reversed(await self.screen(person)):
                    if message["from"] == "bot" and words in message.get("text", ""):
                        return message
                await asyncio.sleep(0.05)

    @asynccontextmanager
    async def tab(self, **opening: Any) -> AsyncIterator[Tab]:  # noqa: ANN401  # a frame
        """Open the web chat."""
        frame = {"t": "open", "token": None, "link": None, "seen": 0, "language": "ko"}
        async with self.http.ws_connect(f"{self.url}/chat/socket") as socket_:
            tab = Tab(socket_)
            await tab.send(frame | opening)
            tab.opened = await tab.next("opened")
            yield tab

    @asynccontextmanager
    async def desk(self, name: str = "counselor") -> AsyncIterator[Desk]:
        """Sign somebody in at the desk."""
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as http:
            desk = Desk(self.url, http)
            assert await desk.sign_in(name, PASSWORD) == 200
            yield desk

    async def conversation(self, channel: str, address: str) -> int:
        """Return the number of a person's conversation; 0 when there is none."""
        place = await voices.place(self.house.database, channel, address)
        return place.conversation_id if place else 0

    async def written(self, channel: str, address: str) -> list[Written]:
        """Return everything that was said with a person."""
        number = await self.conversation(channel, address)
        if not number:
            return []
        return (await transcripts.read(self.house.database, number)).entries

    async def hears(self, channel: str, address: str, count: int) -> list[str]:
        """Wait until that many things of a person are kept, and return their texts."""
        async with asyncio.timeout(WAIT_S):
            while True:
                heard = await self.heard(channel, address)
                if len(heard) >= count:
                    return heard
                await asyncio.sleep(0.05)

    async def file(self, channel: str, address: str) -> tuple[Kept, bytes]:
        """Wait until the first file of a person is fetched, and open it."""
        async with asyncio.timeout(WAIT_S):
            while True:
                number = await self.conversation(channel, address)
                kept = await attachments.of(self.house.database, number) if number else []
                if kept and kept[0].status != "wanted":
                    return await attachments.read(self.house.database, number, kept[0].seq, 0)
                await asyncio.sleep(0.05)

    async def heard(self, channel: str, address: str) -> list[str]:
        """Return the texts that we kept of a person."""
        written = await self.written(channel, address)
        return [one.entry.text for one in written if one.author == "person"]


def skill(person: str, text: str, bot: str = BOT) -> Json:
    """Return a skill payload."""
    request = {
        "timezone": "Asia/Seoul",
        "block": {"id": "65ab0000000000000000b10c", "name": "폴백 블록"},
        "utterance": text,
        "lang": "ko",
        "user": {"id": person, "type": "botUserKey", "properties": {"botUserKey": person}},
    }
    return {
        "bot": {"id": bot, "name": "곁"},
        "intent": {"id": "65ab0000000000000000b10c", "name": "폴백 블록"},
        "action": {"id": "a1", "name": "곁", "params": {}, "detailParams": {}, "clientExtra": {}},
        "userRequest": request,
        "contexts": [],
    }


def kakao_address(person: str) -> str:
    """Return the address of a person on Kakao."""
    return f"{BOT}:{person}"


def texts(answer: Json) -> str:
    """Return all that a Kakao answer says."""
    outputs = answer["template"]["outputs"]
    contents = [content for output in outputs for content in output.values()]
    return "\n".join(str(one.get("text") or one.get("description")) for one in contents)


@asynccontextmanager
async def open_town(folder: Path, database_url: str, **given: Any) -> AsyncIterator[Town]:  # noqa: ANN401  # settings
    """Open a house with its stand-ins and one account for each role."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        settings = Settings(
            data=folder,
            port=port,
            database_url=database_url,
            kakao_secret=SECRET,
            kakao_bot_id=BOT,
            kakao_callback_base=f"http://127.0.0.1:{port}",
            kakao_image_hosts=(f"127.0.0.1:{port}",),
            **given,
        )
        first = not settings.master_key.exists()  # otherwise it joins a house that runs
        if first:
            MasterKey.create(settings.master_key)
        async with open_house(demo_settings(settings), sources(), checked=False) as house:
            for role in (*ROLES, *OTHERS) if first else ():
                await _with_room(house.database, await staff.add(house.database, _newcomer(role)))
            async with _served(house, listening) as url, aiohttp.ClientSession() as http:
                yield Town(house, url, http)


async def _with_room(database: Database, one: staff.Staff) -> None:
    """Let somebody take more talks at once than anybody could: tests share the house."""
    row = PresenceRow(staff_id=one.id, state="here", capacity=9999, team="", seen=0, since=0)
    await database.write(lambda session: session.add(row))


def _newcomer(name: str) -> staff.Newcomer:
    return staff.Newcomer(name, name.rstrip("234"), PASSWORD, f"상담사 {name}")


@asynccontextmanager
async def _served(house: House, listening: socket.socket) -> AsyncIterator[str]:
    app = application(house, demo=True)
    add_phones(app, house)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        house.begin()
        yield house.settings.address
    finally:
        await house.watch.close()
        await runner.cleanup()
